"""Measures server CPU per request for a list of operations and prints them beside their budgets.

    python -m bench.rest [--count N] [--connections N] [--json FILE]

The server runs with one worker in a process of its own, on an embedded PostgreSQL whose CPU is not counted (nor is the
reference's in the figures beside ours, which were measured the same way on a machine of the same kind). CPU is user and
system time of the server's process over the requests; the least of three rounds counts.
"""

import argparse
import json
import os
import platform
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import trio

from bench.rest.world import World, populate, sign_up
from mmfast import hot
from mmfast.db import embedded
from mmfast.db.pool import Database


@dataclass(frozen=True)
class Case:
    """One row of the table; times in microseconds of server CPU per request."""

    name: str
    requests: Callable[[World], list[str]]
    budget: int
    reference: int


def _post(channel: int) -> Callable[[World], list[str]]:
    return lambda w: [
        w.request("POST", "/posts", {"channel_id": w.channels[channel], "message": "words of a common length " * 4})
    ]


CASES = [
    Case("one's own user", lambda w: [w.request("GET", "/users/me")], 80, 160),
    Case("30 users by ids", lambda w: [w.request("POST", "/users/ids", w.members[:30])], 100, 300),
    Case("autocomplete in a channel of 1,000", lambda w: [
        w.request("GET", f"/users/autocomplete?in_team={w.team_id}&in_channel={w.channels[1000]}&name={n}&limit=25")
        for n in ("member000", "member001", "mem", "me")], 500, 3300),
    Case("create a post in a channel of 10", _post(10), 1000, 10_000),
    Case("create a post in a channel of 1,000", _post(1000), 1000, 10_000),
    Case("create a post in a channel of 5,000", _post(5000), 1000, 42_000),
    Case("a page of 60 posts", lambda w: [
        w.request("GET", f"/channels/{w.channels[1000]}/posts?page=0&per_page=60")], 250, 1430),
]


def cpu_seconds(pid: int) -> float:
    """User and system time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def measure(world: World, pid: int, case: Case, count: int, connections: int) -> dict:
    """The least server CPU per request of three rounds, and the latency of that round."""
    plan = {"host": world.host, "port": world.port, "requests": case.requests(world), "connections": connections}
    best: dict = {}
    for round_count in (count // 4, count, count, count):  # the first one warms up
        began = cpu_seconds(pid)
        done = await trio.run_process([sys.executable, "-m", "bench.rest.load"], capture_stdout=True,
                                      stdin=json.dumps(plan | {"count": round_count}).encode())
        used = cpu_seconds(pid) - began
        result = json.loads(done.stdout)
        bad = {s: n for s, n in result["statuses"].items() if not s.startswith("2")}
        if bad:
            raise SystemExit(f"{case.name}: answers {bad}")
        result["cpu_us"] = used / result["done"] * 1e6
        if round_count == count and (not best or result["cpu_us"] < best["cpu_us"]):
            best = result
    return {"name": case.name, "budget_us": case.budget, "reference_us": case.reference, **best}


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def table(rows: list[dict]) -> str:
    """The results as Markdown."""
    lines = ["| operation | server CPU | budget | of the budget | reference | p50 | p99 |", "|---|---|---|---|---|---|---|"]
    lines += [
        f"| {r['name']} | {r['cpu_us']:.0f} us | {r['budget_us']} us | {r['cpu_us'] / r['budget_us']:.2f} | "
        f"{r['reference_us']} us | {r['p50'] * 1e3:.2f} ms | {r['p99'] * 1e3:.2f} ms |" for r in rows
    ]
    return "\n".join(lines)


async def main() -> None:
    """Starts everything, measures every case, prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2000, help="requests a round")
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--json", type=Path, help="also write the results here")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mmfast-bench-", ignore_cleanup_errors=True) as folder:
        data = Path(folder)
        data.chmod(0o755)
        async with embedded.running(data) as dsn, Database.open(dsn) as db:
            port = free_port()
            settings = {"SqlSettings": {"DataSource": dsn}, "ServiceSettings": {"ListenAddress": f"127.0.0.1:{port}"},
                        "TeamSettings": {"MaxUsersPerTeam": 100_000, "EnableOpenServer": True}}
            await trio.Path(data / "config.json").write_text(json.dumps(settings))
            server = subprocess.Popen([sys.executable, "-m", "mmfast", "serve", "--workers", "1", "--data-dir", folder,
                                       "--config", str(data / "config.json")], stdout=subprocess.DEVNULL)
            try:
                world = World("127.0.0.1", port)
                await _until_up(world)
                await trio.to_thread.run_sync(sign_up, world)
                await populate(world, db)
                rows = [await measure(world, server.pid, case, args.count, args.connections) for case in CASES]
            finally:
                server.terminate()
                server.wait(30)
    machine = f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"{machine}; implementation: {hot.IMPL}\n\n{table(rows)}")
    if args.json:
        args.json.write_text(json.dumps({"machine": machine, "implementation": hot.IMPL, "rows": rows}, indent=1))


async def _until_up(world: World) -> None:
    for _ in range(300):
        try:
            world.call("GET", "/system/ping")
        except OSError:
            await trio.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not come up")


if __name__ == "__main__":
    trio.run(main)
