"""Connections x size of the channel x rate: CPU per delivery beside the bare send(), memory per connection, latency."""

import argparse
import gc
import itertools
import json
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import trio

from bench.results import write
from mmfast.api.context import App
from mmfast.features.identity.roles.service import ROLE_MASKS
from mmfast.features.identity.sessions.types import Session
from mmfast.hot import send_frame, text_frame
from mmfast.net.listener import Listener
from mmfast.realtime.connection import serve
from mmfast.realtime.event import Document, Event
from mmfast.realtime.hub import Hub
from mmfast.wire.request import Request
from mmfast.wire.response import Upgrade

COLUMNS = [
    "connections",
    "receivers",
    "event, bytes",
    "events/s",
    "deliveries/s",
    "CPU per delivery, us",
    "bare send(), us",
    "ratio",
    "KiB per connection",
    "latency p50/p95/p99, ms",
]


class BenchPosted(Event, name="bench_posted"):
    """As large as a post, and it knows when it was sent."""

    sent: int
    post: Document
    channel_type: str = "O"


def resident_kib() -> int:
    """The process's memory."""
    status = Path("/proc/self/status").read_text()
    return int(next(x.split()[1] for x in status.splitlines() if x.startswith("VmRSS")))


class Generator:
    """The clients' process."""

    def __init__(self, port: int, count: int, stalled: int) -> None:
        command = [sys.executable, "-m", "bench.fanout.clients", str(port), str(count), str(stalled)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    async def read_line(self) -> bytes:
        return await trio.to_thread.run_sync(self.process.stdout.readline)

    async def ask(self, word: bytes) -> dict:
        self.process.stdin.write(word + b"\n")
        self.process.stdin.flush()
        return json.loads(await self.read_line())

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(10)


async def bare_send(hub: Hub, receivers: int, size: int, rate: float, rounds: int) -> float:
    """Microseconds of CPU for one send() of a frame of this size to each receiver's socket, at the same rate."""
    frame = text_frame(b'{"event":"typing","data":{"x":"' + b"x" * (size - 60) + b'"},"seq":0}')
    fds = [line.fd for line in hub.connected][:receivers]
    used = []
    started = trio.current_time()
    for n in range(rounds):
        began = time.process_time_ns()
        for fd in fds:
            send_frame(fd, frame)
        used.append((time.process_time_ns() - began) / len(fds) / 1000)
        await trio.sleep_until(started + (n + 1) / rate)
    return sum(used) / len(used)


async def measure(hub: Hub, generator: Generator, receivers: int, rate: float, seconds: float, size: int) -> list:
    """One row: `rate` events a second to a channel of `receivers` members."""
    channel = f"channel-{receivers}"
    post = {"message": "x" * (size - 230)}
    await generator.ask(b"reset")
    events = max(10, int(rate * seconds))
    started_cpu, started = time.process_time_ns(), trio.current_time()
    for n in range(events):
        event = BenchPosted(sent=time.monotonic_ns(), post=post)
        hub.publish(event.to(channel_id=channel))
        await trio.sleep_until(started + (n + 1) / rate)
    cpu = (time.process_time_ns() - started_cpu) / 1000
    elapsed = trio.current_time() - started
    await trio.sleep(0.5)
    told = await generator.ask(b"report")
    deliveries = events * receivers
    bare = await bare_send(hub, receivers, told["bytes"] // deliveries, rate, events)
    latency = "/".join(str(v) for v in told["latencies"].values())
    return [
        len(hub.connected),
        receivers,
        told["bytes"] // deliveries,
        round(events / elapsed, 1),
        round(deliveries / elapsed),
        round(cpu / deliveries, 2),
        round(bare, 2),
        round(cpu / deliveries / bare, 2),
        latency,
    ]


async def bench(connections: int, channels: list[int], rates: list[float], seconds: float, size: int) -> list[list]:
    """Opens the connections once and measures each combination."""
    app = App()
    app.db = None  # every answer is in memory
    app.caches.put(ROLE_MASKS, "system_user", 0)

    async def memberships(user_id: str) -> tuple[list[str], list[str]]:
        number = int(user_id)
        measured = [f"channel-{n}" for n in channels if number < n]
        return measured + [f"own-{number % 50}-{k}" for k in range(20)], ["team"]

    app.hub = Hub(memberships)
    app.background_errors = lambda name, error: print(name, error, file=sys.stderr)
    ids = itertools.count()

    async def application(request: Request) -> Upgrade:
        user_id = f"{int(request.headers.get('x-user')):026d}"
        session = Session(f"{next(ids):026d}", "t" * 26, 0, 0, 0, user_id, "", "system_user", False, False, {})
        return Upgrade(partial(serve, app, session, ""))

    listener = Listener("127.0.0.1:0")
    rows = []
    with listener.bound():
        async with trio.open_nursery() as nursery:
            app.nursery = nursery
            nursery.start_soon(app.hub.run)
            nursery.start_soon(listener.serve, application)
            gc.collect()
            before = resident_kib()
            generator = Generator(listener.port, connections, 0)
            try:
                assert await generator.read_line() == b"ready\n"
                await trio.sleep(1)
                gc.collect()
                memory = (resident_kib() - before) / connections
                for receivers, rate in itertools.product(channels, rates):
                    row = await measure(app.hub, generator, receivers, rate, seconds, size)
                    row.insert(8, round(memory, 1))
                    print(row, flush=True)
                    rows.append(row)
            finally:
                generator.close()
                nursery.cancel_scope.cancel()
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--connections", type=int, default=1000)
    parser.add_argument("--receivers", type=int, nargs="+", default=[10, 1000])
    parser.add_argument("--rate", type=float, nargs="+", default=[20])
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--size", type=int, default=1000, help="bytes of an event")
    parser.add_argument("--name", default="fanout", help="of the result's files")
    given = parser.parse_args()
    channels = [n for n in given.receivers if n <= given.connections]
    rows = trio.run(bench, given.connections, channels, given.rate, given.seconds, given.size)
    ratio = COLUMNS.index("ratio")
    bars = [(f"{row[0]:,} connections, {row[1]:,} receivers, {row[3]:g}/s", float(row[ratio])) for row in rows]
    write(given.name, COLUMNS, rows, bars=("CPU per delivery, in bare send() calls", bars))


if __name__ == "__main__":
    main()
