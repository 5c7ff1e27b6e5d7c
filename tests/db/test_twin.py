"""The driver against its slow twin: asyncpg's own connection under trio-asyncio must say the same to everything."""

from __future__ import annotations

from typing import Any

import asyncpg
import pytest
import trio
import trio_asyncio

from mmfast.db import StatementError

STATEMENTS: list[tuple[str, tuple[Any, ...]]] = [
    ("select name, permissions, builtin from roles order by name", ()),
    ("select * from systems where name = any($1::varchar[]) order by name", (["InstallationDate", "products_boards"],)),
    ("select version, name from db_migrations where version between $1 and $2 order by version", (10, 20)),
    ("select $1::jsonb -> 'a', $2::json, $3::jsonb", ('{"a": {"b": 1}}', "[1, 2]", "null")),
    ("select enum_range(null::channel_type), enum_range(null::team_type)", ()),
    ("select $1::bytea || $1, $2::float8, $3::numeric, now() - now()", (b"\x00\x01", 1.5, "12.30")),
    ("select array[[1, 2], [3, 4]], row(1, 'x'), null::text", ()),
    ("select to_timestamp(0), date '2026-01-31', interval '1 day 2 hours', uuid(md5('x'))", ()),
    ("select n, repeat('x', n) from generate_series(1, 500) n", ()),
    ("select 1 where false", ()),
    ("insert into db_lock values ($1, $2) on conflict (id) do update set expireat = $2 returning *", ("twin", 1)),
    ("delete from db_lock where id = $1", ("nobody",)),
    ("select 1/0", ()),
    ("select * from nowhere", ()),
    ("insert into roles (id, name) values ($1, $2)", ("x", "system_admin")),
    ("insert into teams (id, type) values ($1, $2)", ("x", "no such type")),
    ("select $1::int", (1, 2)),
    ("select $1::int", ("one",)),
]


async def through_twin(connection: asyncpg.Connection, sql: str, args: tuple[Any, ...]) -> Any:
    try:
        return [tuple(row) for row in await trio_asyncio.aio_as_trio(connection.fetch)(sql, *args)]
    except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        return getattr(error, "sqlstate", None) or "refused"


async def through_ours(database, sql: str, args: tuple[Any, ...]) -> Any:
    try:
        return [tuple(row) for row in await database.fetch(sql, *args)]
    except StatementError as error:
        return error.sqlstate or "refused"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
async def test_the_twin_says_the_same(database, database_dsn):
    with trio.fail_after(60):
        async with trio_asyncio.open_loop():
            connection = await trio_asyncio.aio_as_trio(asyncpg.connect)(database_dsn)
            for sql, args in STATEMENTS:
                assert await through_ours(database, sql, args) == await through_twin(connection, sql, args), sql
            await trio_asyncio.aio_as_trio(connection.close)()
