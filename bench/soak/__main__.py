"""Memory of the server while thousands stay connected, sampled; see the package."""

import argparse
import json
import subprocess
import sys
import time
from contextlib import AsyncExitStack

import trio

from bench.rest.__main__ import cpu_seconds, new_folder, running_server
from bench.rest.world import World
from bench.results import write
from bench.storms.__main__ import Installation, sign_in
from mmfast.db import embedded
from mmfast.db.pool import Database
from mmfast.realtime.hub import KEPT_EVENTS

COLUMNS = [
    "minutes",
    "memory least/most, MiB",
    "events heard",
    "posts",
    "requests",
    "taken up again",
    "begun anew",
    "server CPU, %",
]
SAMPLE_SECONDS = 5
RATES = {"small": 1.0, "large": 0.1, "typing": 4.0, "requests": 2.0, "returns": 1.0}
"""A second: posts in a channel of 10, posts in one of 1,000, typing in the small one, requests, broken connections."""


class Clients:
    """The clients' process."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "bench.soak.clients"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    async def tell(self, line: str) -> str:
        """Sends a line, gives the answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return await self.read()

    async def read(self) -> str:
        """The next line that it says."""
        assert self._process.stdout is not None
        return await trio.to_thread.run_sync(self._process.stdout.readline)

    def close(self) -> None:
        """Ends it."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(60)


def make_plan(place: Installation, connections: int) -> dict:
    """What the clients are told."""
    world = place.world
    return {
        "host": world.host,
        "port": world.port,
        "handshakes": [place.handshake(n) for n in range(connections)],
        "author_handshake": world.handshake(),
        "post_head": world.request("POST", "/posts", {}).partition("Content-Length")[0],
        "small_id": world.channels[10],
        "large_id": world.channels[1000],
        "requests": requests_of(world),
        "rates": RATES,
        "fill": KEPT_EVENTS,
    }


def requests_of(world: World) -> list[str]:
    """What clients ask for all day."""
    paths = [
        "/users/me",
        f"/users/me/teams/{world.team_id}/channels/members",
        f"/channels/{world.channels[10]}/posts?per_page=60",
        f"/users/{world.members[7]}",
        f"/channels/{world.quiet_id}/posts?per_page=60",
    ]
    return [world.request("GET", path) for path in paths]


async def sample(place: Installation, clients: Clients, minutes: float, step: float) -> list[list]:
    """The rows: the least and the most memory of each stretch of `step` minutes, and what was done in it."""
    rows: list[list] = []
    done: dict = {}
    started = time.monotonic()
    while len(rows) * step < minutes:
        until, cpu, memory = started + (len(rows) + 1) * step * 60, cpu_seconds(place.pid), []
        while time.monotonic() < until:
            await trio.sleep(SAMPLE_SECONDS)
            memory.append(place.memory())
        told = json.loads(await clients.tell("report"))
        assert not told["failed"], told["failed"]
        news = {key: told[key] - done.get(key, 0) for key in ("heard", "posted", "answered", "resumed", "renewed")}
        done = told
        share = (cpu_seconds(place.pid) - cpu) / (step * 60) * 100
        row = [f"{(len(rows) + 1) * step:g}", f"{min(memory):.1f}/{max(memory):.1f}", *news.values(), round(share, 1)]
        print(row, flush=True)
        rows.append(row)
    return rows


async def main() -> None:
    """Connects the clients, watches the server, writes the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--connections", type=int, default=10_000)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--step", type=float, default=5, help="minutes of one row")
    parser.add_argument("--name", default="soak", help="of the result's files")
    given = parser.parse_args()
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(new_folder())
        dsn = await stack.enter_async_context(embedded.running(folder))
        world, pid = await stack.enter_async_context(running_server(folder, dsn))
        async with Database.open(dsn) as db:
            count = -(-given.connections // len(world.members))
            place = Installation(world, pid, await sign_in(db, world.members * count))
        clients = Clients()
        stack.callback(clients.close)
        assert await clients.tell(json.dumps(make_plan(place, given.connections))) == "ready\n"
        print(f"{given.connections} connected: {place.memory():.1f} MiB", flush=True)
        assert await clients.read() == "filled\n"
        print(f"{KEPT_EVENTS} events kept: {place.memory():.1f} MiB", flush=True)
        rows = await sample(place, clients, given.minutes, given.step)
    write(given.name, COLUMNS, rows, shape={"connections": given.connections, **RATES})


if __name__ == "__main__":
    trio.run(main)
