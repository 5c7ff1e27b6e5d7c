"""Cuts connections in a stream of posts, first without and then with killed workers: `python -m bench.cuts`.

Shape: a server of its own with two workers and an embedded PostgreSQL, one author who posts without pause over REST,
followers with a WebSocket each. Every cut is at a random byte of what the server sends, half of them a reset. A killed
worker is killed by SIGKILL while the stream goes on. Ends with status 1 if any client's log differs from the server's.
"""

import argparse
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import trio

from bench.cuts.story import Torn, prepare, tell
from bench.rest.__main__ import new_folder
from bench.results import write

COLUMNS = ["cuts", "killed workers", "clients", "posts", "read again", "seconds", "clients with the server's log"]


@contextmanager
def server(folder: Path) -> Iterator[tuple[int, int]]:
    """A server of two workers: its port and its supervisor's process."""
    command = [sys.executable, "-m", "mmfast", "serve", "--workers", "2", "--listen", "127.0.0.1:0"]
    environment = {**os.environ, "MM_TEAMSETTINGS_ENABLEOPENSERVER": "true"}
    with open(folder / "stderr.log", "wb") as log:
        process = subprocess.Popen(
            [*command, "--data-dir", folder], stdout=subprocess.PIPE, stderr=log, env=environment, text=True
        )
    try:
        found = re.search(r"http://127\.0\.0\.1:(\d+)", process.stdout.readline())
        if found is None:
            raise SystemExit("the server did not start")
        yield int(found[1]), process.pid
    finally:
        process.terminate()
        process.wait(60)


def workers(supervisor: int) -> list[int]:
    """The worker processes that run."""
    found = []
    for names in Path(f"/proc/{supervisor}/task").glob("*/children"):
        for pid in names.read_text().split():
            try:
                command = Path(f"/proc/{pid}/cmdline").read_bytes()
            except OSError:
                continue
            if b"\0serve\0" in command:
                found.append(int(pid))
    return found


class Killer:
    """Kills a worker at random, unless one is missing already."""

    def __init__(self, supervisor: int, seed: int) -> None:
        self._supervisor = supervisor
        self._random = random.Random(seed)

    def __call__(self) -> bool:
        running = workers(self._supervisor)
        if len(running) < 2:
            return False
        os.kill(self._random.choice(running), signal.SIGKILL)
        return True


async def measure(port: int, supervisor: int, options: argparse.Namespace, kills: int) -> list:
    """One row. Raises Torn."""
    story = await prepare(port, options.cuts, options.followers, options.seed)
    began = time.monotonic()
    made = await tell(story, options.seed, Killer(supervisor, options.seed), kills)
    complete = sum(follower.known == story.written for follower in story.followers)
    seconds = round(time.monotonic() - began)
    return [options.cuts, made, len(story.followers), story.written, story.renewed, seconds, complete]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cuts", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--followers", type=int, default=10)
    parser.add_argument("--seed", type=int, default=20261128)
    options = parser.parse_args()
    rows = []
    with new_folder() as folder, server(folder) as (port, supervisor):
        for kills in (0, options.kills):
            try:
                rows.append(trio.run(measure, port, supervisor, options, kills))
            except* Torn as group:
                print(*group.exceptions, sep="\n")
                sys.exit(1)
    write("cuts", COLUMNS, rows, seed=options.seed)


if __name__ == "__main__":
    main()
