"""Exports a server with a past, imports that into an empty one by a job, exports that one too, and compares.

    python -m bench.migration --posts 100000 --files 20

Each step is a process of its own; what is told of it is its own time, CPU and peak of memory, without PostgreSQL's.
The yardstick is packing the same archive once more by Python's zipfile alone, in the same run.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from contextlib import AsyncExitStack
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import trio

from bench.migration.compare import LINES, differences
from bench.migration.history import write_history
from bench.rest.__main__ import new_folder, running_server
from bench.results import write
from mmfast.db import embedded
from mmfast.db.pool import Database

COLUMNS = ["step", "seconds", "CPU seconds", "of the yardstick's CPU", "peak of memory, MiB"]
LIMIT_MIB = 300
SHOWN = 10
"""Differences that are printed."""
Step = tuple[str, float, float, float]


def export(name: str, folder: Path, file: Path) -> Step:
    """An export by the command."""
    place = ("--data-dir", str(folder), "--config", str(folder / "config.json"))
    return run(name, "mmfast", "export", str(file), *place)


def run(name: str, *arguments: str) -> Step:
    """Runs a module in a process of its own; gives its name, seconds, CPU seconds and peak of memory in MiB."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", *arguments])
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{name} failed")
    return name, time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def pack_again(file: Path, copy: Path) -> float:
    """The yardstick: CPU seconds of packing the archive's content once more."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    with ZipFile(file) as source, ZipFile(copy, "w") as target:
        for info in source.infolist():
            kind = ZIP_DEFLATED if info.filename == LINES else ZIP_STORED
            target.writestr(info.filename, source.read(info), kind, 3)
    after = resource.getrusage(resource.RUSAGE_SELF)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


async def main() -> None:
    """Does all steps and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--files", type=int, default=20, help="files to 100 posts")
    args = parser.parse_args()
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(new_folder())
        exported = folder / "first.zip"
        dsn = await stack.enter_async_context(embedded.running(folder))
        async with running_server(folder, dsn) as (world, _), Database.open(dsn) as db:
            files = await write_history(world, db, folder / "data", args.posts, args.files)
        steps = [export("export", folder, exported)]
        bare = pack_again(exported, folder / "again.zip")
        other = stack.enter_context(new_folder())
        settings = {"SqlSettings": {"DataSource": await stack.enter_async_context(embedded.running(other))}}
        settings["TeamSettings"] = {"MaxUsersPerTeam": 100_000}
        await trio.Path(other / "config.json").write_text(json.dumps(settings))
        steps.append(run("import into an empty server", "bench.migration.take_in", str(other), str(exported)))
        steps.append(export("export of that", other, other / "second.zip"))
        different = list(differences(exported, other / "second.zip"))
    for line in different[:SHOWN]:
        print(line[:400])
    rows = [[name, round(wall, 1), round(cpu, 1), f"{cpu / bare:.1f}", round(peak)] for name, wall, cpu, peak in steps]
    about = {"posts": args.posts, "files": files, "yardstick_cpu_seconds": round(bare, 2)}
    write("migration", COLUMNS, rows, shape=about, differences=len(different))
    print(f"{args.posts} posts, {files} files; lines that differ: {len(different)}")
    if different or any(peak > LIMIT_MIB for *_, peak in steps):
        raise SystemExit(1)


if __name__ == "__main__":
    trio.run(main)
