"""The schema: equal to the reference's, made once, and never touched when it is not ours to touch."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
import trio

from mmfast.db import Database, SchemaError
from mmfast.db.commands import SchemaReport, db_init, db_migrate, db_version
from mmfast.db.dsn import parse_dsn
from mmfast.db.embedded import find_programs
from mmfast.db.migrations import SCHEMA_VERSION, require_schema
from mmfast.db.migrations.seed import read_history, read_roles


def reference_file(name: str) -> Path:
    folder = os.environ.get("MMFAST_REFERENCE")
    if not folder:
        pytest.skip("MMFAST_REFERENCE names no folder")
    return Path(folder, "reference", name)


def statements(dump: str) -> list[str]:
    """The statements of a dump, without what depends on the programs that wrote it.

    PostgreSQL 16 and newer print the columns of a view over one table without the table's name.
    """
    lines = [line for line in dump.splitlines() if line.strip() and not line.startswith(("--", "SET ", "\\"))]
    text = "\n".join(line for line in lines if "pg_catalog.set_config" not in line)
    return [re.sub(r"\b(posts|fileinfo)\.", "", part) if "VIEW" in part else part for part in text.split(";\n")]


def dump(dsn: str) -> str:
    folder = Path(str(parse_dsn(dsn).addresses[0])).parent
    command = [find_programs() / "pg_dump", "--schema-only", "--no-owner", "--no-privileges"]
    command += ["--host", folder, "--username", "mmfast", parse_dsn(dsn).database]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


async def tables(dsn: str) -> int:
    async with Database.open(dsn) as db:
        return await db.fetchval("select count(*) from pg_tables where schemaname = 'public'")


@pytest.mark.reference
async def test_the_schema_is_the_references(empty_dsn):
    await db_init(empty_dsn)
    expected = statements(reference_file("schema.sql").read_text())
    assert len(expected) > 300
    assert statements(await trio.to_thread.run_sync(dump, empty_dsn)) == expected


@pytest.mark.reference
def test_the_first_rows_are_the_references():
    rows = json.loads(reference_file("seed-rows.json").read_text())
    assert [f"{number} {name}" for number, name in read_history()] == rows["db_migrations"]
    roles = [
        {
            "name": role.name,
            "displayname": role.display_name,
            "description": role.description,
            "permissions": list(role.permissions),
            "schememanaged": role.scheme_managed,
            "builtin": role.built_in,
        }
        for role in read_roles()
    ]
    assert roles == rows["roles"]


@pytest.mark.reference
async def test_the_system_rows_are_the_references(database):
    rows = json.loads(reference_file("seed-rows.json").read_text())
    assert [row[0] for row in await database.fetch('select name from systems order by name collate "C"')] == sorted(
        rows["systems_keys"]
    )


async def test_secrets_differ_between_installations(database, empty_dsn):
    await db_init(empty_dsn)
    query = "select value from systems where name in ('AsymmetricSigningKey', 'DiagnosticId', 'PostActionCookieSecret')"
    async with Database.open(empty_dsn) as other:
        assert {row[0] for row in await database.fetch(query)}.isdisjoint(row[0] for row in await other.fetch(query))


async def test_an_empty_database_is_made_once(empty_dsn):
    assert await db_version(empty_dsn) == SchemaReport(0, SCHEMA_VERSION)
    assert await db_init(empty_dsn) == SchemaReport(SCHEMA_VERSION, SCHEMA_VERSION, created=True)
    assert await db_migrate(empty_dsn) == SchemaReport(SCHEMA_VERSION, SCHEMA_VERSION)
    assert await tables(empty_dsn) == 81


async def test_two_servers_may_start_at_once(empty_dsn):
    created = []

    async def start() -> None:
        created.append((await db_init(empty_dsn)).created)

    async with trio.open_nursery() as nursery:
        for _ in range(3):
            nursery.start_soon(start)
    assert sorted(created) == [False, False, True]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("insert into db_migrations values (9999, 'later')", "newer server"),
        (f"delete from db_migrations where version = {SCHEMA_VERSION}", f"needs {SCHEMA_VERSION}"),
    ],
)
async def test_another_version_is_refused_in_one_line(database, database_dsn, change, words):
    await database.execute(change)
    with pytest.raises(SchemaError, match=words) as caught:
        await db_init(database_dsn)
    assert "\n" not in str(caught.value)
    with pytest.raises(SchemaError):
        await require_schema(database)


async def test_somebody_elses_database_is_refused_untouched(empty_dsn):
    async with Database.open(empty_dsn) as db:
        await db.execute("create table customers (id int)")
    with pytest.raises(SchemaError, match="customers"):
        await db_init(empty_dsn)
    assert await tables(empty_dsn) == 1


async def test_a_failure_leaves_the_database_empty(empty_dsn):
    async with Database.open(empty_dsn) as db:
        await db.execute("create type team_type as enum ('x')")
        with pytest.raises(Exception, match="team_type"):
            await db_init(empty_dsn)
    assert await tables(empty_dsn) == 0
