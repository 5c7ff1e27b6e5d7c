"""A real server in processes of its own, started by the command line as a person would, for tests that need one.

Most tests do not: they speak to the dispatcher (`tests.client`). These are the tests of other people's clients, and of
what happens when a process dies.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import postgres

STOP_SECONDS = 60
"""Longer than the server's own deadlines for requests and for its database."""


class RunningServer:
    """`python -m mmfast serve` on a port of its own choice."""

    def __init__(self, folder: Path, *options: str, **settings: str) -> None:
        self.folder = folder
        """Its data folder."""
        self._log = folder / "stderr.log"
        command = [sys.executable, "-m", "mmfast", "serve", "--data-dir", str(folder), "--listen", "127.0.0.1:0"]
        environment = {
            **os.environ,
            "MM_TEAMSETTINGS_ENABLEOPENSERVER": "true",
            "MM_TEAMSETTINGS_MAXUSERSPERTEAM": "1000",
            **settings,
        }
        with open(self._log, "wb") as log:
            self.process = subprocess.Popen(
                [*command, *options], stdout=subprocess.PIPE, stderr=log, env=environment, text=True
            )
        assert self.process.stdout is not None
        greeting = self.process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)", greeting)
        if found is None:
            self.stop()
            raise AssertionError(f"the server did not start: {greeting!r} {self.log()}")
        self.port = int(found[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def log(self) -> str:
        """What the server has said so far."""
        return self._log.read_text("utf-8", "replace")

    def workers(self) -> list[int]:
        """The process ids of its workers, where it has several."""
        return [pid for pid in children(self.process.pid) if " serve " in command_of(pid)]

    def postmaster(self) -> int:
        """The process id of its embedded PostgreSQL."""
        return int((self.folder / "postgres" / "cluster" / "postmaster.pid").read_text().split("\n", 1)[0])

    def stop(self) -> None:
        """Ends the server as an operator would."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(STOP_SECONDS)
        finally:
            self.process.kill()
            self.process.wait()
            if self.process.stdout is not None:
                self.process.stdout.close()


def children(pid: int) -> list[int]:
    """The process ids of a process's children."""
    found: list[int] = []
    for names in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(name) for name in names.read_text().split()]
    return found


def command_of(pid: int) -> str:
    """A process's command line; empty once it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return ""


@contextmanager
def running_server(*options: str, **settings: str) -> Iterator[RunningServer]:
    """A server with a fresh data folder and its embedded PostgreSQL, for the block."""
    with postgres.open_folder() as folder:
        server = RunningServer(folder, *(options or ("--workers", "1")), **settings)
        try:
            yield server
        finally:
            server.stop()
