"""Measures server CPU per request for a list of operations and prints them beside their budgets.

    python -m bench.rest [WORD...] [--count N] [--connections N] [--rounds N]

Words pick the operations whose names hold one of them. The server runs with one worker in a process of its own, on an
embedded PostgreSQL whose CPU is not counted (nor is the reference's in the figures beside ours, which were measured the
same way on a machine of the same kind). CPU is user and system time of the server's process over the requests, what it
does after the answer included, such as calling a webhook's receiver; the least of the rounds counts, and every round
measures all operations, so that a busy moment of the machine does not fall
on one of them. Two yardsticks (`bench.rest.yardstick`) are measured among them: a bare Trio listener, and the same with
one database statement a request. Times of different machines or hours do not compare; "x bare" does.
"""

import argparse
import json
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import trio

from bench.rest.cases import CASES, Case
from bench.rest.integrations import connect
from bench.rest.world import World, populate, sign_up
from bench.results import write
from mmfast.db import embedded
from mmfast.db.pool import Database

BARE, QUERY = "yardstick: bare listener", "yardstick: bare listener with a query"
LIKE = 1.2  # "like a post" leaves a fifth more
DISCARD = 9  # the port where nobody listens: for benches that call no integration
COLUMNS = ["operation", "CPU, us", "x bare", "budget, us", "of the budget", "reference, us", "p50, ms", "p99, ms"]


@dataclass
class Target:
    """One thing to measure: requests, and the process that answers them."""

    case: Case
    pid: int
    plan: dict
    world: World


def cpu_seconds(pid: int) -> float:
    """User and system time that a process has used, with that of threads that have ended.

    Read from its CPU clock (clock_getcpuclockid(3)), in nanoseconds where /proc counts in hundredths of a second.
    """
    return time.clock_gettime((~pid << 3) | 2)


async def measure(target: Target, count: int) -> dict:
    """Server CPU per request and latency over `count` requests."""
    count = max(count // target.case.weight, 40)
    plan = target.plan | {"count": count}
    if target.case.once is not None:
        plan["requests"] = await trio.to_thread.run_sync(target.case.once, target.world, count)
    given = json.dumps(plan).encode()
    began = cpu_seconds(target.pid)
    done = await trio.run_process([sys.executable, "-m", "bench.rest.load"], capture_stdout=True, stdin=given)
    used = cpu_seconds(target.pid) - began
    result = json.loads(done.stdout)
    if bad := {status: n for status, n in result["statuses"].items() if not status.startswith("2")}:
        raise SystemExit(f"{target.case.name}: answers {bad}")
    return result | {"cpu_us": used / result["done"] * 1e6}


async def measure_all(targets: list[Target], count: int, rounds: int) -> list[dict]:
    """The best round of each, after one that warms up."""
    best: list[dict] = [{"cpu_us": float("inf")} for _ in targets]
    for number in range(rounds + 1):
        for place, target in enumerate(targets):
            result = await measure(target, count if number else count // 4)
            if number and result["cpu_us"] < best[place]["cpu_us"]:
                best[place] = result
    return best


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def row(case: Case, result: dict, bare_us: float, like_us: float | None) -> list:
    """A line of the table; `like_us` is what the case needed that this one is to be like."""
    cpu = result["cpu_us"]
    budget = case.budget or (round(like_us * LIKE) if like_us else None)
    return [
        case.name,
        round(cpu),
        f"{cpu / bare_us:.2f}",
        budget or "",
        f"{cpu / budget:.2f}" if budget else "",
        case.reference or "",
        f"{result['p50'] * 1e3:.2f}",
        f"{result['p99'] * 1e3:.2f}",
    ]


@contextmanager
def yardstick(name: str, *arguments: str):
    """A yardstick's process, as a target."""
    process = subprocess.Popen([sys.executable, "-m", "bench.rest.yardstick", *arguments], stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        world = World("127.0.0.1", int(process.stdout.readline()))
        case = Case(name, lambda w: [w.request("GET", "/users/me")])
        plan = {"host": world.host, "port": world.port, "requests": case.requests(world)}
        yield Target(case, process.pid, plan, world)
    finally:
        process.kill()
        process.wait()


def _start_server(folder: Path) -> subprocess.Popen:
    config = str(folder / "config.json")
    command = [sys.executable, "-m", "mmfast", "serve", "--workers", "1", "--data-dir", str(folder), "--config", config]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


@contextmanager
def new_folder():
    """A folder that the embedded PostgreSQL may enter as a user of its own."""
    with tempfile.TemporaryDirectory(prefix="mmfast-bench-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        yield Path(name)


@asynccontextmanager
async def running_server(folder: Path, dsn: str, receiver_port: int = DISCARD) -> AsyncIterator[tuple[World, int]]:
    """A populated server whose integrations call `receiver_port`, and its process."""
    port = free_port()
    settings = {
        "SqlSettings": {"DataSource": dsn},
        "ServiceSettings": {
            "ListenAddress": f"127.0.0.1:{port}",
            "AllowedUntrustedInternalConnections": "127.0.0.1",
            "EnableOAuthServiceProvider": True,
        },
        "TeamSettings": {"MaxUsersPerTeam": 100_000, "EnableOpenServer": True},
    }
    await trio.Path(folder / "config.json").write_text(json.dumps(settings))
    server = _start_server(folder)
    try:
        world = World("127.0.0.1", port, receiver_port=receiver_port)
        await _until_up(world)
        await trio.to_thread.run_sync(sign_up, world)
        await trio.to_thread.run_sync(connect, world)
        async with Database.open(dsn) as db:
            await populate(world, db)
        yield world, server.pid
    finally:
        server.terminate()
        server.wait(30)


async def _until_up(world: World) -> None:
    for _ in range(300):
        try:
            world.call("GET", "/system/ping")
        except OSError:
            await trio.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not come up")


async def main() -> None:
    """Starts everything, measures every case, prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", nargs="*", help="measure only operations whose names hold one of these")
    parser.add_argument("--count", type=int, default=1000, help="requests a round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=8)
    args = parser.parse_args()
    cases = [case for case in CASES if not args.words or any(word in case.name for word in args.words)]
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(new_folder())
        dsn = await stack.enter_async_context(embedded.running(folder))
        receiver = stack.enter_context(yardstick("what integrations call"))
        world, pid = await stack.enter_async_context(running_server(folder, dsn, receiver.world.port))
        targets = [stack.enter_context(yardstick(BARE)), stack.enter_context(yardstick(QUERY, dsn))]
        for case in cases:
            plan = {"host": world.host, "port": world.port, "requests": case.requests(world)}
            plan |= {"handshake": world.handshake()} if case.websocket else {}
            targets.append(Target(case, pid, plan, world))
        for target in targets:
            target.plan["connections"] = args.connections
        results = await measure_all(targets, args.count, args.rounds)
    used = {target.case.name: result["cpu_us"] for target, result in zip(targets, results, strict=True)}
    rows = [
        row(target.case, result, used[BARE], used.get(target.case.like))
        for target, result in zip(targets, results, strict=True)
    ]
    about = {"requests a round": args.count, "rounds": args.rounds, "connections": args.connections}
    write("rest", COLUMNS, rows, shape=about)


if __name__ == "__main__":
    trio.run(main)
