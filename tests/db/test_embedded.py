"""The embedded server: its life, its rivals and its accidents."""

from __future__ import annotations

import os
import signal
import socket
import stat
from pathlib import Path

import pytest
import trio

from mmfast.db import Database, DatabaseUnavailable, embedded
from mmfast.db.dsn import parse_dsn
from tests import postgres

DEADLINE = 60


@pytest.fixture(autouse=True)
async def deadline():
    with trio.fail_after(DEADLINE):
        yield


@pytest.fixture
def data_dir():
    with postgres.open_folder() as folder:
        yield folder / "data"


def server_process(data_dir: Path) -> int:
    return int((data_dir / "postgres/cluster/postmaster.pid").read_text().split("\n", 1)[0])


def leave_traces(data_dir: Path, socket_path: Path) -> None:
    """As if the server had been killed: its files, with the number of a process that lives but is no PostgreSQL."""
    os.kill(server_process(data_dir), signal.SIGKILL)
    socket_path.unlink()
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(os.fspath(socket_path))
    socket_path.with_name(socket_path.name + ".lock").write_text(f"{os.getpid()}\n")
    (data_dir / "postgres/cluster/postmaster.pid").write_text(f"{os.getpid()}\n{data_dir}\n")


async def test_data_survives_a_restart(data_dir):
    async with embedded.running(data_dir, fleeting=True) as dsn, Database.open(dsn) as db:
        await db.execute("create table kept as select 42 as value")
    assert not (data_dir / "postgres/cluster/postmaster.pid").exists()
    async with embedded.running(data_dir, fleeting=True) as dsn, Database.open(dsn) as db:
        assert await db.fetchval("select value from kept") == 42


async def test_only_its_own_folder_lets_one_in(data_dir):
    async with embedded.running(data_dir, fleeting=True) as dsn:
        address = parse_dsn(dsn).addresses[0]
        assert isinstance(address, str)
        assert stat.S_IMODE(Path(address).parent.stat().st_mode) == 0o700
        async with Database.open(dsn) as db:
            assert await db.fetchval("show listen_addresses") == ""


async def test_two_servers_on_one_folder_are_refused(data_dir):
    async with embedded.running(data_dir, fleeting=True):
        with pytest.raises(DatabaseUnavailable, match="another mmfast server"):
            async with embedded.running(data_dir, fleeting=True):
                pass


async def test_a_long_path_gets_its_socket_elsewhere(data_dir):
    deep = data_dir / ("x" * 100)
    async with embedded.running(deep, fleeting=True) as dsn, Database.open(dsn) as db:
        assert await db.fetchval("select 1") == 1


async def test_what_a_killed_server_left_is_cleared(data_dir):
    async with embedded.running(data_dir, fleeting=True) as dsn:
        leave_traces(data_dir, Path(str(parse_dsn(dsn).addresses[0])))
    async with embedded.running(data_dir, fleeting=True) as dsn, Database.open(dsn) as db:
        assert await db.fetchval("select 1") == 1


async def test_a_killed_server_is_started_again_and_the_pool_recovers(data_dir):
    """Requests under load fail with an error while the server is away, then work; nothing acknowledged is lost."""
    acknowledged: set[int] = set()
    failures = 0
    under_load = trio.Event()

    async with embedded.running(data_dir) as dsn, Database.open(dsn) as db:
        await db.execute("create table posts (id int primary key)")

        async def write(first: int, recovered: trio.Event) -> None:
            nonlocal failures
            number = first
            failed_before = False
            while not recovered.is_set():
                try:
                    await db.execute("insert into posts values ($1)", number)
                except DatabaseUnavailable:
                    failures += 1
                    failed_before = True
                    await trio.sleep(0.01)  # as a client would
                else:
                    acknowledged.add(number)
                    if len(acknowledged) > 50:
                        under_load.set()
                    if failed_before:
                        recovered.set()
                number += 1

        events = [trio.Event() for _ in range(5)]
        async with trio.open_nursery() as nursery:
            for number, event in enumerate(events):
                nursery.start_soon(write, number * 1_000_000, event)
            await under_load.wait()
            os.kill(server_process(data_dir), signal.SIGKILL)
        assert failures
        assert acknowledged <= {row[0] for row in await db.fetch("select id from posts")}
        assert db.open_connections == db.idle_connections


async def test_idle_connections_that_died_are_not_noticed_by_the_caller(data_dir):
    async with embedded.running(data_dir, fleeting=True) as dsn, Database.open(dsn) as db, Database.open(dsn) as other:
        pid = await db.fetchval("select pg_backend_pid()")
        await other.fetchval("select pg_terminate_backend($1, 5000)", pid)
        assert await db.fetchval("select pg_backend_pid()") != pid
        assert db.open_connections == 1


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has programs that another account cannot reach")
async def test_programs_out_of_reach_are_copied(data_dir, tmp_path, monkeypatch):
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    (private / "installed").symlink_to(embedded.find_programs().parent)
    monkeypatch.setattr(embedded, "find_programs", lambda: private / "installed/bin")
    async with embedded.running(data_dir, fleeting=True) as dsn, Database.open(dsn) as db:
        assert await db.fetchval("select 1") == 1
    assert list((data_dir / "postgres").glob("programs-*/bin/postgres"))
