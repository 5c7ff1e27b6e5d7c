"""The load generator: opens the connections, counts what comes, and tells latencies when asked on stdin.

Bare protocols on asyncio, not a client library: the generator must stay cheaper than the server.
"""

import asyncio
import json
import re
import sys
import time

REQUEST = (
    "GET /api/v4/websocket HTTP/1.1\r\nHost: bench\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nX-User: {user}\r\n\r\n"
)
SENT = re.compile(rb'"sent":(\d+),')


class Totals:
    """What all connections have heard."""

    def __init__(self, count: int) -> None:
        self.bytes = 0
        self.missing = count
        self.all_open = asyncio.Event()
        self.latencies: list[float] = []


class Client(asyncio.Protocol):
    """One connection. A sample of the clients looks into the events for the time of sending."""

    def __init__(self, user: int, totals: Totals, stalled: bool) -> None:
        self.user, self.totals, self.stalled = user, totals, stalled
        self.sampled = user % 10 == 0
        self.greeted = False

    def connection_made(self, transport) -> None:
        self.transport = transport
        transport.write(REQUEST.format(user=self.user).encode())

    def data_received(self, data: bytes) -> None:
        if not self.greeted:
            self.greeted = b'"event":"hello"' in data
            if self.greeted:
                self.totals.missing -= 1
                if not self.totals.missing:
                    self.totals.all_open.set()
                if self.stalled:
                    self.transport.pause_reading()
            return
        self.totals.bytes += len(data)
        if self.sampled and (found := SENT.search(data)):
            self.totals.latencies.append((time.monotonic_ns() - int(found[1])) / 1e6)


def percentiles(values: list[float]) -> dict:
    values = sorted(values)
    if not values:
        return {}
    return {f"p{p}": round(values[min(len(values) - 1, len(values) * p // 100)], 2) for p in (50, 95, 99)}


async def main(port: int, count: int, stalled: int) -> None:
    loop = asyncio.get_running_loop()
    totals = Totals(count)
    clients = []
    for start in range(0, count, 50):
        batch = range(start, min(start + 50, count))
        made = await asyncio.gather(
            *(loop.create_connection(lambda n=n: Client(n, totals, n < stalled), "127.0.0.1", port) for n in batch)
        )
        clients += made
    await totals.all_open.wait()
    print("ready", flush=True)
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        if line == b"reset\n":
            totals.bytes, totals.latencies = 0, []
        told = {"bytes": totals.bytes, "latencies": percentiles(totals.latencies)}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    try:
        import uvloop

        asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    except ImportError:
        print("uvloop is not installed: asyncio's own loop", file=sys.stderr)
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
