"""CPU per statement: our driver beside asyncpg on its own loop and through trio-asyncio.

`python -m bench.micro.query [--dsn DSN] [--statements N]` runs each way several times in turn, all in this process, and
prints the smallest CPU time of each: user and system time of this process only, not PostgreSQL's. Compare the ways of
one run with each other, not figures of different machines or hours. Without a DSN an embedded server is used.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import platform
import resource
import tempfile
import warnings
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from importlib.metadata import version

import asyncpg
import trio
import trio_asyncio
import uvloop

from mmfast.db import Database, embedded
from mmfast.db.migrations import initialise
from mmfast.db.pool import PoolLimits

ROUNDS = 5
TASKS = 20
SQL = "select id, name, displayname, description, permissions from roles where name = $1"
ARGUMENT = "channel_guest"

Fetch = Callable[[str, str], Awaitable[object]]


class Meter:
    """User and system microseconds per statement."""

    def __init__(self, statements: int) -> None:
        self.statements = statements
        self.user = self.system = 0.0

    @contextlib.contextmanager
    def measure(self) -> Iterator[None]:
        before = resource.getrusage(resource.RUSAGE_SELF)
        yield
        after = resource.getrusage(resource.RUSAGE_SELF)
        self.user = (after.ru_utime - before.ru_utime) / self.statements * 1e6
        self.system = (after.ru_stime - before.ru_stime) / self.statements * 1e6


async def repeat(fetch: Fetch, count: int) -> None:
    for _ in range(count):
        await fetch(SQL, ARGUMENT)


async def ours(dsn: str, meter: Meter) -> None:
    async with Database.open(dsn) as db:
        await repeat(db.fetchrow, 10)
        with meter.measure():
            await repeat(db.fetchrow, meter.statements)


async def ours_many_tasks(dsn: str, meter: Meter) -> None:
    async with Database.open(dsn, PoolLimits(max_open=TASKS)) as db:
        await repeat(db.fetchrow, 10)
        with meter.measure():
            async with trio.open_nursery() as nursery:
                for _ in range(TASKS):
                    nursery.start_soon(repeat, db.fetchrow, meter.statements // TASKS)


async def ours_in_transactions(dsn: str, meter: Meter) -> None:
    """A transaction of one statement: three round trips."""
    async with Database.open(dsn) as db:
        await repeat(db.fetchrow, 10)
        with meter.measure():
            for _ in range(meter.statements):
                async with db.transaction() as tx:
                    await tx.fetchrow(SQL, ARGUMENT)


async def plain_asyncpg(dsn: str, meter: Meter) -> None:
    connection = await asyncpg.connect(dsn)
    await repeat(connection.fetchrow, 10)
    with meter.measure():
        await repeat(connection.fetchrow, meter.statements)
    await connection.close()


async def asyncpg_pool(dsn: str, meter: Meter) -> None:
    async with asyncpg.create_pool(dsn, min_size=1) as pool:
        await repeat(pool.fetchrow, 10)
        with meter.measure():
            await repeat(pool.fetchrow, meter.statements)


def run_on_asyncio(main: Coroutine[None, None, None]) -> None:
    """Like asyncio.run, which would take trio-asyncio's loop once that is imported."""
    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        runner.run(main)


async def through_trio_asyncio(dsn: str, meter: Meter) -> None:
    async with trio_asyncio.open_loop():
        connection = await trio_asyncio.aio_as_trio(asyncpg.connect)(dsn)
        fetch = trio_asyncio.aio_as_trio(connection.fetchrow)
        await repeat(fetch, 10)
        with meter.measure():
            await repeat(fetch, meter.statements)
        await trio_asyncio.aio_as_trio(connection.close)()


WAYS: dict[str, Callable[[str, Meter], None]] = {
    "ours, pool, one task": lambda dsn, meter: trio.run(ours, dsn, meter),
    f"ours, pool, {TASKS} tasks": lambda dsn, meter: trio.run(ours_many_tasks, dsn, meter),
    "ours, a transaction each": lambda dsn, meter: trio.run(ours_in_transactions, dsn, meter),
    "asyncpg on asyncio, one connection": lambda dsn, meter: run_on_asyncio(plain_asyncpg(dsn, meter)),
    "asyncpg on asyncio, its pool": lambda dsn, meter: run_on_asyncio(asyncpg_pool(dsn, meter)),
    "asyncpg on uvloop, one connection": lambda dsn, meter: uvloop.run(plain_asyncpg(dsn, meter)),
    "asyncpg through trio-asyncio": lambda dsn, meter: trio.run(through_trio_asyncio, dsn, meter),
}


def compare(dsn: str, statements: int) -> None:
    best: dict[str, Meter] = {}
    for _ in range(ROUNDS):
        for name, way in WAYS.items():
            meter = Meter(statements)
            way(dsn, meter)
            if name not in best or meter.user + meter.system < best[name].user + best[name].system:
                best[name] = meter
    versions = f"Python {platform.python_version()}, trio {version('trio')}, asyncpg {version('asyncpg')}"
    print(f"CPU per statement, us, smallest of {ROUNDS} rounds of {statements}: {versions}")
    print(f"{'way':<38}{'user':>8}{'system':>8}{'sum':>8}{'x':>7}")
    first = next(iter(best.values()))
    for name, meter in best.items():
        total = meter.user + meter.system
        ratio = total / (first.user + first.system)
        print(f"{name:<38}{meter.user:>8.1f}{meter.system:>8.1f}{total:>8.1f}{ratio:>7.2f}")


async def with_embedded_server(statements: int) -> None:
    with tempfile.TemporaryDirectory(prefix="mmfast-bench-") as folder:
        os.chmod(folder, 0o755)
        async with embedded.running(folder) as dsn:
            async with Database.open(dsn) as db:
                await initialise(db)
            await trio.to_thread.run_sync(compare, dsn, statements)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--dsn", help="a database with the schema; default: an embedded one")
    parser.add_argument("--statements", type=int, default=4000, help="statements a round")
    options = parser.parse_args()
    warnings.simplefilter("ignore", DeprecationWarning)  # of trio-asyncio
    if options.dsn:
        compare(options.dsn, options.statements)
    else:
        trio.run(with_embedded_server, options.statements)


if __name__ == "__main__":
    main()
