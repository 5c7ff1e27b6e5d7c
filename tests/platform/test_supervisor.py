"""A real server with two workers: one is killed, all are replaced, all stop; nobody is refused meanwhile."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest
import trio

DEADLINE = 90


class Server:
    """The parent process."""

    def __init__(self, folder, dsn):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        environment = {**os.environ, "MM_SQLSETTINGS_DATASOURCE": dsn}
        command = [sys.executable, "-m", "mmfast", "serve", "--workers", "2", "--data-dir", str(folder)]
        command += ["--listen", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.answers = []
        self.asking = trio.Lock()

    async def until_ready(self):
        first = await trio.to_thread.run_sync(self.process.stdout.readline)
        assert b"listening" in first

    def workers(self):
        """The process ids of the workers."""
        found = []
        for children in Path(f"/proc/{self.process.pid}/task").glob("*/children"):
            found += [int(pid) for pid in children.read_text().split()]
        return found

    async def keep_asking(self):
        """Asks over new connections, again and again; each must be answered."""
        while True:
            async with self.asking, httpx2.AsyncClient() as client:
                answer = await client.get(f"http://127.0.0.1:{self.port}/api/v4/system/ping", timeout=30)
                self.answers.append(answer.status_code)

    async def until_answers(self, count):
        goal = len(self.answers) + count
        while len(self.answers) < goal:
            await trio.lowlevel.checkpoint()


@pytest.fixture
async def server(tmp_path, database_dsn):
    tmp_path.joinpath("config.json").write_text(json.dumps({}))
    server = Server(tmp_path, database_dsn)
    try:
        with trio.fail_after(DEADLINE):
            await server.until_ready()
            yield server
    finally:
        server.process.kill()
        server.process.wait()


async def test_workers_die_and_are_replaced_and_stop(server):
    async with trio.open_nursery() as nursery:
        nursery.start_soon(server.keep_asking)
        first = server.workers()
        assert len(first) == 2
        async with server.asking:  # a request under way in that worker would be lost with it
            os.kill(first[0], signal.SIGKILL)
        while first[0] in server.workers() or len(server.workers()) < 2:
            await server.until_answers(1)
        second = server.workers()
        assert first[1] in second
        await server.until_answers(20)
        server.process.send_signal(signal.SIGUSR2)
        while set(server.workers()) & set(second) or len(server.workers()) < 2:
            await server.until_answers(1)
        await server.until_answers(20)
        assert set(server.answers) == {200}
        nursery.cancel_scope.cancel()
    server.process.send_signal(signal.SIGTERM)
    assert await trio.to_thread.run_sync(server.process.wait) == 0
