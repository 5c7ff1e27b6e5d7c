"""The driver and the pool against a real server: values, errors, transactions, limits, cancellation."""

from __future__ import annotations

import outcome
import pytest
import trio
import trio.testing

from mmfast.db import (
    Database,
    DatabaseUnavailable,
    ForeignKeyViolation,
    NotNullViolation,
    PoolExhausted,
    QueryTimeout,
    StatementError,
    UniqueViolation,
    ValueTooLong,
)
from mmfast.db.dsn import with_database
from mmfast.db.executor import rows_affected
from mmfast.db.pool import PoolLimits

DEADLINE = 20


@pytest.fixture(autouse=True)
async def deadline():
    with trio.fail_after(DEADLINE):
        yield


@pytest.mark.parametrize(
    ("cast", "value"),
    [
        ("bigint", 2**62),
        ("int", -1),
        ("smallint", 7),
        ("boolean", True),
        ("text", "gemütlich 🙂"),
        ("varchar(5)", "abc"),
        ("bytea", b"\x00\xff"),
        ("double precision", 0.5),
        ("jsonb", '{"a": [1, null]}'),
        ("json", '{"a":1}'),
        ("varchar[]", ["a", None, "b"]),
        ("bigint[]", [1, 2]),
        ("channel_type", "O"),
        ("channel_type[]", ["O", "P"]),
        ("text", None),
    ],
)
async def test_values_come_back_as_sent(database, cast, value):
    assert await database.fetchval(f"select $1::{cast}", value) == value


async def test_rows_are_read_by_position_and_name(database):
    row = await database.fetchrow("select 1 as a, 'x' as b")
    assert (row[0], row["b"], tuple(row), list(row.keys())) == (1, "x", (1, "x"), ["a", "b"])


async def test_absent_rows(database):
    assert await database.fetch("select 1 where false") == []
    assert await database.fetchrow("select 1 where false") is None
    assert await database.fetchval("select 1 where false") is None


async def test_an_enum_column_compares_with_text_arguments(database):
    await database.execute("insert into channels (id, type) values ('c1', $1), ('c2', 'P')", "O")
    assert await database.fetchval("select id from channels where type = $1", "O") == "c1"
    assert await database.fetchval("select count(*) from channels where type = any($1)", ["O", "P"]) == 2


async def test_command_tags(database):
    assert rows_affected(await database.execute("insert into db_lock values ('a', 1), ('b', 1)")) == 2
    assert rows_affected(await database.execute("update db_lock set expireat = $1 where id = $2", 5, "a")) == 1
    assert rows_affected(await database.execute("create table x (a int)")) == 0


async def test_a_script_is_one_transaction(database):
    with pytest.raises(UniqueViolation):
        await database.execute("insert into db_lock values ('a', 1); insert into db_lock values ('a', 2)")
    assert await database.fetchval("select count(*) from db_lock") == 0


async def test_executemany_takes_effect_as_a_whole(database):
    with pytest.raises(UniqueViolation):
        await database.executemany("insert into db_lock values ($1, $2)", [("a", 1), ("b", 2), ("a", 3)])
    assert await database.fetchval("select count(*) from db_lock") == 0
    await database.executemany("insert into db_lock values ($1, $2)", [(str(n), n) for n in range(300)])
    assert await database.fetchval("select sum(expireat) from db_lock") == sum(range(300))


async def test_errors_have_our_types(database):
    await database.execute("insert into db_lock values ('a', 1)")
    with pytest.raises(UniqueViolation) as caught:
        await database.execute("insert into db_lock values ($1, 1)", "a")
    assert (caught.value.constraint, caught.value.table, caught.value.sqlstate) == ("db_lock_pkey", "db_lock", "23505")
    with pytest.raises(NotNullViolation):
        await database.execute("insert into db_lock values ($1, 1)", None)
    with pytest.raises(ValueTooLong):
        await database.execute("insert into db_lock values ($1, 1)", "x" * 65)
    with pytest.raises(ForeignKeyViolation):
        await database.execute("insert into retentionpoliciesteams values ('p', 't')")
    with pytest.raises(StatementError):
        await database.fetch("select nonsense")
    with pytest.raises(StatementError):
        await database.fetch("select $1::int", "not a number")
    assert await database.fetchval("select 1") == 1


async def test_a_transaction_commits_or_rolls_back(database):
    async with database.transaction() as tx:
        await tx.execute("insert into db_lock values ('a', 1)")
        assert await database.fetchval("select count(*) from db_lock") == 0
    with pytest.raises(KeyError):  # noqa: PT012  what leaves the block is the subject
        async with database.transaction() as tx:
            await tx.execute("insert into db_lock values ('b', 1)")
            raise KeyError
    assert await database.fetchval("select string_agg(id, '') from db_lock") == "a"
    assert database.idle_connections == database.open_connections


async def test_a_nested_transaction_is_the_same_one(database):
    with pytest.raises(KeyError):  # noqa: PT012  what leaves the block is the subject
        async with database.transaction() as tx:
            async with tx.transaction() as inner:
                assert inner is tx
                await inner.execute("insert into db_lock values ('a', 1)")
            raise KeyError
    assert await database.fetchval("select count(*) from db_lock") == 0


async def test_a_savepoint_fails_by_itself(database):
    async with database.transaction() as tx:
        await tx.execute("insert into db_lock values ('a', 1)")
        with pytest.raises(UniqueViolation):
            async with tx.savepoint():
                await tx.execute("insert into db_lock values ('a', 1)")
        await tx.execute("insert into db_lock values ('b', 1)")
    assert await database.fetchval("select count(*) from db_lock") == 2


async def test_a_swallowed_failure_cannot_pass_for_a_commit(database):
    with pytest.raises(StatementError, match="rolled back"):  # noqa: PT012  what leaves the block is the subject
        async with database.transaction() as tx:
            with pytest.raises(StatementError):
                await tx.fetch("select nonsense")


async def test_cancelling_a_statement_keeps_the_connection(database):
    pid = await database.fetchval("select pg_backend_pid()")
    with trio.move_on_after(0.1) as scope:
        await database.fetch("select pg_sleep(60)")
    assert scope.cancelled_caught
    assert await database.fetchval("select pg_backend_pid()") == pid
    assert database.open_connections == 1


async def test_cancelling_within_a_transaction_rolls_back(database):
    with trio.move_on_after(0.1):
        async with database.transaction() as tx:
            await tx.execute("insert into db_lock values ('a', 1)")
            await tx.fetch("select pg_sleep(60)")
    assert await database.fetchval("select count(*) from db_lock") == 0
    assert database.open_connections == database.idle_connections


async def test_many_cancellations_at_any_moment_leave_good_connections(database_dsn):
    async with Database.open(database_dsn, PoolLimits(max_open=4)) as db:

        async def one(delay: float) -> None:
            with trio.move_on_after(delay):
                async with db.transaction() as tx:
                    assert await tx.fetchval("select $1::int", 7) == 7
                    assert await tx.fetchval("select 'a' from pg_sleep(0.001)") == "a"

        for _ in range(4):
            async with trio.open_nursery() as nursery:
                for number in range(40):
                    nursery.start_soon(one, number / 5000)
        assert db.open_connections == db.idle_connections <= 4
        assert [await db.fetchval("select $1::int", n) for n in range(8)] == list(range(8))


async def test_a_statement_over_the_limit_is_cancelled(database_dsn):
    async with Database.open(database_dsn, PoolLimits(query_timeout=0.5)) as db:
        with pytest.raises(QueryTimeout):
            await db.fetch("select pg_sleep(60)")
        assert await db.fetchval("select 1") == 1


async def test_waiting_for_a_connection_is_first_come_first_served(database_dsn):
    order = []
    async with Database.open(database_dsn, PoolLimits(max_open=1)) as db, trio.open_nursery() as nursery:

        async def ask(number: int) -> None:
            await db.fetch("select 1")
            order.append(number)

        async with db.transaction():
            for number in range(5):
                nursery.start_soon(ask, number)
                await trio.testing.wait_all_tasks_blocked()
            assert db.waiting == 5
    assert order == [0, 1, 2, 3, 4]


async def test_waiting_is_limited_in_number_and_time(database_dsn):
    limits = PoolLimits(max_open=1, max_waiting=1, wait_timeout=0.2)
    async with Database.open(database_dsn, limits) as db, db.transaction(), trio.open_nursery() as nursery:
        results = []

        async def ask() -> None:
            results.append(await outcome.acapture(db.fetch, "select 1"))

        for _ in range(2):
            nursery.start_soon(ask)
            await trio.testing.wait_all_tasks_blocked()
        assert isinstance(results[0].error, PoolExhausted)
        while len(results) < 2:
            await trio.testing.wait_all_tasks_blocked(0.01)
        assert "became free" in str(results[1].error)


async def test_a_big_statement_and_a_big_answer(database):
    text = "x" * 30_000_000
    assert await database.fetchval("select $1::text", text) == text
    assert len(await database.fetch("select n, repeat('y', 100) from generate_series(1, 100000) n")) == 100_000


async def test_more_statements_than_are_kept_prepared(database):
    async with database.transaction() as tx:
        for number in range(520):
            assert await tx.fetchval(f"select {number}") == number
        assert await tx.fetchval("select count(*) from pg_prepared_statements") <= 500


async def test_a_table_changed_under_a_prepared_statement(database):
    await database.execute("create table x as select 1 as a")
    assert tuple(await database.fetchrow("select * from x")) == (1,)
    await database.execute("alter table x add b text")
    assert tuple(await database.fetchrow("select * from x")) == (1, None)


async def test_connections_that_nobody_needs_are_closed(database_dsn):
    async with Database.open(database_dsn, PoolLimits(max_idle_time=0.5)) as db:

        async def ask() -> None:
            await db.fetch("select 1 from pg_sleep(0.05)")

        async with trio.open_nursery() as nursery:
            for _ in range(3):
                nursery.start_soon(ask)
        assert db.open_connections == db.idle_connections == 3
        while db.open_connections:
            await trio.testing.wait_all_tasks_blocked(0.05)
        await db.fetch("select 1")


@pytest.mark.parametrize(
    ("dsn", "words"),
    [
        ("postgres://someone@/db?host=/nowhere", "/nowhere/.s.PGSQL.5432 cannot be reached"),
        ("postgres://someone@127.0.0.1:1/db?sslmode=disable&binary_parameters=yes", "127.0.0.1:1 cannot be reached"),
        ("host=127.0.0.1 port=1 dbname=x user=y sslmode=disable connect_timeout=3", "127.0.0.1:1 cannot be reached"),
        ("nonsense://x", "cannot be used"),
    ],
)
async def test_an_unreachable_server_is_one_clear_line(dsn, words):
    with pytest.raises(DatabaseUnavailable, match=words) as caught:
        async with Database.open(dsn):
            pass
    assert "\n" not in str(caught.value)


async def test_a_database_that_does_not_exist_is_one_clear_line(postgres_server):
    with pytest.raises(DatabaseUnavailable, match='database "missing" does not exist'):
        async with Database.open(with_database(postgres_server.dsn, "missing")):
            pass


async def test_a_server_that_never_answers_is_given_up(autojump_clock):
    listener = (await trio.open_tcp_listeners(0, host="127.0.0.1"))[0]
    port = listener.socket.getsockname()[1]
    async with listener:
        with pytest.raises(DatabaseUnavailable, match="did not answer within 7 s"):
            async with Database.open(f"postgres://x@127.0.0.1:{port}/x?sslmode=disable", PoolLimits(connect_timeout=7)):
                pass
