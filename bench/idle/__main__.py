"""Measures what an idle, authenticated WebSocket costs the server in memory.

    python -m bench.idle [--connections N]

The server runs with one worker in a process of its own. Every client is another user with a session of its own, a
member of a team and of its channels, who connects, is greeted and then says nothing: what grows is the connection, its
task, the line with what is kept for a resume, the session, and the rows of the hub. Memory is the process's resident
set, after a first hundred clients that came and went.
"""

import argparse
import resource
import socket
from contextlib import AsyncExitStack
from pathlib import Path

import trio

from bench.rest.__main__ import new_folder, running_server
from bench.rest.world import World
from bench.results import write
from mmfast.core.clock import now_ms
from mmfast.core.ids import new_id
from mmfast.db import embedded
from mmfast.db.pool import Database

BUDGET_KIB = 8
COLUMNS = ["connections", "KiB per connection", "budget, KiB", "server before, MiB", "server after, MiB"]


def resident_kib(pid: int) -> int:
    """A process's memory."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))


async def sign_in(db: Database, world: World, count: int) -> list[str]:
    """Makes a session for each of as many members; gives their tokens."""
    tokens = [new_id() for _ in range(count)]
    await db.execute(
        "insert into sessions (id, token, createat, expiresat, lastactivityat, userid, deviceid, roles, isoauth, props,"
        " expirednotify) select c.id, c.token, $4::bigint, $4 + 86400000, $4, c.userid, '', 'system_user', false,"
        " '{}', false from unnest($1::text[], $2::text[], $3::text[]) as c(id, token, userid)",
        [new_id() for _ in tokens],
        tokens,
        world.members[:count],
        now_ms(),
    )
    return tokens


def connect(world: World, tokens: list[str]) -> list[socket.socket]:
    """A greeted WebSocket for each token."""
    sockets = []
    for token in tokens:
        client = socket.create_connection((world.host, world.port))
        client.sendall(World(world.host, world.port, token=token).handshake().encode())
        received = b""
        while b'"event":"hello"' not in received.replace(b" ", b""):
            piece = client.recv(65536)
            assert piece, received
            received += piece
        sockets.append(client)
    return sockets


async def main() -> None:
    """Connects the clients and prints what they cost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--connections", type=int, default=2000)
    args = parser.parse_args()
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(new_folder())
        dsn = await stack.enter_async_context(embedded.running(folder))
        world, pid = await stack.enter_async_context(running_server(folder, dsn))
        db = await stack.enter_async_context(Database.open(dsn))
        for client in await trio.to_thread.run_sync(connect, world, await sign_in(db, world, 100)):
            client.close()
        tokens = (await sign_in(db, world, args.connections + 100))[100:]
        await trio.sleep(2)
        before = resident_kib(pid)
        clients = await trio.to_thread.run_sync(connect, world, tokens)
        await trio.sleep(3)  # until what greetings set off is done
        after = resident_kib(pid)
        for client in clients:
            client.close()
    each = (after - before) / args.connections
    row = [args.connections, f"{each:.1f}", BUDGET_KIB, f"{before / 1024:.0f}", f"{after / 1024:.0f}"]
    write("idle", COLUMNS, [row])


if __name__ == "__main__":
    trio.run(main)
