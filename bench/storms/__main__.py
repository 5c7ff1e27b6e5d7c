"""Latency of posts to connected clients before and during storms, and the server's memory; see the package."""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import trio

from bench.rest.__main__ import cpu_seconds, new_folder, running_server
from bench.rest.world import World
from bench.results import write
from mmfast.core.clock import now_ms
from mmfast.core.ids import new_id
from mmfast.db import embedded
from mmfast.db.pool import Database

COLUMNS = [
    "storm",
    "listeners",
    "posts + others/s",
    "p50 before/during, ms",
    "p99 before/during, ms",
    "p99 ratio",
    "memory before/most, MiB",
    "the storm took, s",
    "refused once",
    "server CPU each, us",
]
PASSWORD = "Passwd-123456"  # that of bench.rest.world's users
BESIDE_STALLED = 20  # listeners: 200 events/s for each of many would be a measurement of the fan-out
MEMBERS = 1000  # of the listeners' channel
SMALLEST = 10  # the channel for the stream that a stalled client does not read
SERVERS_CORE, OTHERS_CORE = 0, 1
AHEAD = -10  # niceness of what is measured and of what measures; the crowd and the machine's other work come after them


@contextmanager
def placed(core: int, niceness: int = 0) -> Iterator[None]:
    """What is started meanwhile runs on this core, where there are two, with this niceness, where that is allowed."""
    cores = os.sched_getaffinity(0)
    before = os.getpriority(os.PRIO_PROCESS, 0)
    if len(cores) > 1:
        os.sched_setaffinity(0, {sorted(cores)[core]})
    with suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, niceness)
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)
        with suppress(PermissionError):
            os.setpriority(os.PRIO_PROCESS, 0, before)


@dataclass
class Installation:
    """The running server."""

    world: World
    pid: int
    tokens: list[str]
    """A session's token for each member."""

    def handshake(self, number: int) -> str:
        """The request with which a member opens a WebSocket."""
        return self.world.handshake().replace(self.world.token, self.tokens[number % len(self.tokens)])

    def memory(self) -> float:
        """The server's resident MiB."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(next(x.split()[1] for x in status.splitlines() if x.startswith("VmRSS"))) / 1024


async def sign_in(db: Database, user_ids: list[str]) -> list[str]:
    """Sessions by SQL: the storm of coming back is not one of logins. Gives the tokens."""
    tokens = [new_id() for _ in user_ids]
    await db.execute(
        "INSERT INTO sessions (id, token, createat, expiresat, lastactivityat, userid, deviceid, roles, isoauth, props)"
        " SELECT id, token, $4, 0, $4, userid, '', 'system_user', false, '{}'"
        " FROM unnest($1::text[], $2::text[], $3::text[]) AS s(id, token, userid)",
        [new_id() for _ in user_ids],
        tokens,
        user_ids,
        now_ms(),
    )
    return tokens


class Listeners:
    """The process of the connected clients and of the author."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "bench.storms.listeners"]
        with placed(OTHERS_CORE, AHEAD):
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    async def _tell(self, line: str) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return await trio.to_thread.run_sync(self._process.stdout.readline)

    async def start(self, place: Installation, count: int, members: int, rate: float, typing: float) -> None:
        """Connects `count` clients of the first members of the channel of that size, and starts the posts."""
        world = place.world
        head = world.request("POST", "/posts", {}).partition("Content-Length")[0]
        plan = {"host": world.host, "port": world.port, "rate": rate, "typing": typing}
        plan |= {"channel_id": world.channels[members], "author_handshake": world.handshake()}
        handshakes = [place.handshake(n % (members - 1)) for n in range(count)]
        answer = await self._tell(json.dumps(plan | {"handshakes": handshakes, "post_head": head}))
        assert answer == "ready\n", "the listeners could not connect"

    async def mark(self) -> dict:
        """The latencies since the last mark."""
        return json.loads(await self._tell("mark"))

    async def stall(self) -> None:
        """The odd client stops reading."""
        await self._tell("stall")

    def close(self) -> None:
        """Ends the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(20)


async def storm(place: Installation, awaited: str, requests: list[str], crowds: list[subprocess.Popen]) -> dict:
    """Has a crowd send these requests at once; it stays connected and is added to `crowds`."""
    plan = {"host": place.world.host, "port": place.world.port, "awaited": awaited, "requests": requests}
    command = [sys.executable, "-m", "bench.storms.crowd"]
    cpu = cpu_seconds(place.pid)
    with placed(OTHERS_CORE):
        crowds.append(await trio.to_thread.run_sync(partial(start, command, json.dumps(plan))))
    said = await trio.to_thread.run_sync(crowds[-1].stdout.readline)
    return json.loads(said) | {"cpu_each": round((cpu_seconds(place.pid) - cpu) / len(requests) * 1e6)}


def start(command: list[str], line: str) -> subprocess.Popen:
    """A process that has been told a line."""
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    process.stdin.write(line + "\n")
    process.stdin.flush()
    return process


async def watch_memory(place: Installation, most: list[float]) -> None:
    """Keeps the highest value until cancelled."""
    while True:
        most[0] = max(most[0], place.memory())
        await trio.sleep(0.25)


class Bench:
    """The measurements, in rows of the result."""

    def __init__(self, place: Installation, given: argparse.Namespace) -> None:
        self._place, self._given = place, given
        self._crowds: list[subprocess.Popen] = []
        self.rows: list[list] = []

    def _count(self, members: int) -> int:
        return min(self._given.listeners, BESIDE_STALLED) if members == SMALLEST else self._given.listeners

    @asynccontextmanager
    async def _listeners(self, members: int, rate: float, typing: float):
        listeners = Listeners()
        try:
            await listeners.start(self._place, self._count(members), members, rate, typing)
            await trio.sleep(2)  # the first posts warm up
            await listeners.mark()
            yield listeners
        finally:
            listeners.close()

    async def measure(self, name: str, happening, *, members: int, typing: float = 0) -> None:
        """One row: latencies before and while `happening` runs, which gives what to say of itself."""
        rate = self._given.rate
        async with self._listeners(members, rate, typing) as listeners:
            await trio.sleep(self._given.seconds)
            before, memory = await listeners.mark(), self._place.memory()
            most = [memory]
            async with trio.open_nursery() as nursery:
                nursery.start_soon(watch_memory, self._place, most)
                told = await happening(listeners)
                nursery.cancel_scope.cancel()
            during = await listeners.mark()
            for crowd in self._crowds:
                crowd.stdin.close()
                crowd.wait(60)
            self._crowds.clear()
        row = [
            name,
            self._count(members),
            f"{rate:g} + {typing:g}",
            f"{before['p50']}/{during['p50']}",
            f"{before['p99']}/{during['p99']}",
            round(during["p99"] / before["p99"], 2),
            f"{memory:.0f}/{most[0]:.0f}",
            told.get("seconds", ""),
            told.get("refusals", ""),
            told.get("cpu_each", ""),
        ]
        print(row, during, told, flush=True)
        self.rows.append(row)

    async def logins(self, listeners: Listeners) -> dict:
        """Many people sign in at once."""
        world, count = self._place.world, self._given.logins
        accounts = [{"login_id": f"member{n:05}", "password": PASSWORD} for n in range(2000, 2000 + count)]
        requests = [world.request("POST", "/users/login", account) for account in accounts]
        return await storm(self._place, '"username"', requests, self._crowds)

    async def returns(self, listeners: Listeners) -> dict:
        """Many clients come at once, as after a restart."""
        others = len(self._place.tokens) - MEMBERS  # who are not in the channel: posts must not get more receivers
        requests = [self._place.handshake(MEMBERS + n % others) for n in range(self._given.returning)]
        return await storm(self._place, '"event":"hello"', requests, self._crowds)

    async def stall(self, listeners: Listeners) -> dict:
        """One client stops reading."""
        await listeners.stall()
        await trio.sleep(self._given.stalled)
        return {"seconds": self._given.stalled}  # what became of the client is in the mark that follows


async def main() -> None:
    """Starts the server, measures the three storms, writes the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listeners", type=int, default=200, help="clients connected all the time")
    parser.add_argument("--rate", type=float, default=10, help="posts a second")
    parser.add_argument("--seconds", type=float, default=10, help="how long to measure before a storm")
    parser.add_argument("--logins", type=int, default=100)
    parser.add_argument("--returning", type=int, default=1000, help="clients that come back at once")
    parser.add_argument("--stalled", type=float, default=60, help="seconds for which a client does not read")
    parser.add_argument("--stalled-rate", type=float, default=200, help="events a second meanwhile")
    parser.add_argument("--only", default="", help="one of logins, returns, stall")
    parser.add_argument("--rounds", type=int, default=1, help="times that everybody logs in or comes back")
    parser.add_argument("--name", default="storms", help="of the result's files")
    given = parser.parse_args()
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(new_folder())
        with placed(OTHERS_CORE, AHEAD):
            dsn = await stack.enter_async_context(embedded.running(folder))
        with placed(SERVERS_CORE, AHEAD):
            world, pid = await stack.enter_async_context(running_server(folder, dsn))
        async with Database.open(dsn) as db:
            place = Installation(world, pid, await sign_in(db, world.members))
        bench = Bench(place, given)
        if given.only in ("", "logins"):
            await bench.measure(f"{given.logins} logins", bench.logins, members=MEMBERS)
        if given.only in ("", "returns"):
            await bench.measure(f"{given.returning} come back", bench.returns, members=MEMBERS)
        if given.only in ("", "stall"):
            typing = given.stalled_rate - given.rate
            await bench.measure("one does not read", bench.stall, members=SMALLEST, typing=typing)
    write(given.name, COLUMNS, bench.rows, shape={k: v for k, v in vars(given).items() if k != "name"})


if __name__ == "__main__":
    trio.run(main)
