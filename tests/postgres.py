"""The PostgreSQL that tests use: one embedded server for the whole run, one fresh database per test.

Fixtures are in tests/conftest.py. A fresh database is a copy of a template that has the schema, or a used one that was
brought back to that state.
"""

from __future__ import annotations

import itertools
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Queue

import trio

from mmfast.db import embedded
from mmfast.db.commands import db_init
from mmfast.db.driver import connected
from mmfast.db.dsn import parse_dsn, with_database

TEMPLATE = "mmfast_template"

# Brings a used database back to its first state, in a hundredth of the time of making one. The schema itself is taken
# to be unchanged: a test that changes the reference's tables must take an empty database.
_RESET = """
create schema pristine;
create table pristine.known as select tablename from pg_tables where schemaname = 'public';
create table pristine.roles as table roles;
create table pristine.systems as table systems;
create table pristine.db_migrations as table db_migrations;
create function pristine.reset() returns void language plpgsql as $$
declare
    entry record;
begin
    perform pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid();
    for entry in
        select t.tablename as name, k.tablename is not null as known
        from pg_tables t left join pristine.known k using (tablename) where t.schemaname = 'public'
    loop
        if not entry.known then
            execute format('drop table public.%I cascade', entry.name);
        elsif pg_relation_size(format('public.%I', entry.name)::regclass) > 0 then
            execute format('truncate public.%I cascade', entry.name);
        end if;
    end loop;
    insert into public.roles table pristine.roles;
    insert into public.systems table pristine.systems;
    insert into public.db_migrations table pristine.db_migrations;
end $$
"""


@dataclass
class PostgresServer:
    """A running server. Its databases come and go with the tests."""

    dsn: str
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _clean: list[str] = field(default_factory=list)

    async def run(self, sql: str, dsn: str = "") -> None:
        async with connected(parse_dsn(dsn or with_database(self.dsn, "postgres"))) as connection:
            await connection.run_tagged(sql, ())

    async def create_empty(self) -> str:
        """The connection string of a new, empty database."""
        return await self._create("template0")

    async def drop(self, dsn: str) -> None:
        await self.run(f"drop database if exists {parse_dsn(dsn).database} with (force)")

    async def take_migrated(self) -> str:
        """The connection string of a database with the schema and its first rows."""
        return self._clean.pop() if self._clean else await self._create(TEMPLATE)

    async def give_back(self, dsn: str) -> None:
        """Clean a database from `take_migrated` for the next test."""
        await self.run("select pristine.reset()", dsn)
        self._clean.append(dsn)

    async def make_template(self) -> None:
        await self.run(f"create database {TEMPLATE}")
        dsn = with_database(self.dsn, TEMPLATE)
        await db_init(dsn)
        await self.run(_RESET, dsn)

    async def _create(self, template: str) -> str:
        name = f"test_{next(self._numbers)}"
        await self.run(f"create database {name} template {template}")
        return with_database(self.dsn, name)


@contextmanager
def open_folder() -> Iterator[Path]:
    """A temporary folder that PostgreSQL may enter, which runs as another account when the tests run as root.

    pytest's own folders will not do: each pytest that starts closes them to others again.
    """
    with tempfile.TemporaryDirectory(prefix="mmfast-test-") as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


def give_like(path: Path, example: Path) -> None:
    """Give a file to whom another belongs."""
    owner = example.stat()
    os.chown(path, owner.st_uid, owner.st_gid)


@contextmanager
def serving(folder: Path) -> Iterator[PostgresServer]:
    """Run the server in a thread of its own: it outlives the Trio run of any one test."""
    answers: Queue[tuple[PostgresServer, trio.lowlevel.TrioToken, trio.Event] | BaseException] = Queue()

    async def serve() -> None:
        async with embedded.running(folder, fleeting=True) as dsn:
            server = PostgresServer(dsn)
            await server.make_template()
            enough = trio.Event()
            answers.put((server, trio.lowlevel.current_trio_token(), enough))
            await enough.wait()

    def run() -> None:
        try:
            trio.run(serve)
        except BaseException as error:
            answers.put(error)
            raise

    thread = threading.Thread(target=run, name="postgres")
    thread.start()
    answer = answers.get()
    if isinstance(answer, BaseException):
        raise answer
    server, token, enough = answer
    try:
        yield server
    finally:
        token.run_sync_soon(enough.set)
        thread.join()
