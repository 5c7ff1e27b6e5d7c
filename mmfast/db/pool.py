"""The pool of connections, and transactions on them.

`Database` runs each statement on whichever connection is free; `async with db.transaction() as tx` keeps one for all
statements in the block. Connections are opened by the task that needs one and closed when given back; the pool's only
task watches for statements that run too long (a cancel scope around each would cost a third of a hot read). Bytes and
TLS are the driver's, schema changes are the migrations'.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from math import inf
from types import TracebackType
from typing import Any, Self

import outcome
import trio

from mmfast.db.driver import Connection, connect
from mmfast.db.dsn import Target, parse_dsn
from mmfast.db.errors import DatabaseError, DatabaseUnavailable, PoolExhausted, StatementNotSent
from mmfast.db.executor import Record
from mmfast.db.transport import Surroundings

# A connection used this recently is taken to be alive without asking the kernel.
_FRESH_SECONDS = 0.05
# A rollback is no longer waited for after this; the connection is closed instead, which also rolls back.
_ROLLBACK_SECONDS = 5.0
# A server that was asked to cancel a statement is given this long to do so.
_OBEY_SECONDS = 2.0


@dataclass(frozen=True, kw_only=True)
class PoolLimits:
    """Limits of one process's pool; the names in brackets are those of `SqlSettings`."""

    max_open: int = 100
    """Connections at most, 0 for no limit [MaxOpenConns]. PostgreSQL's max_connections must cover all processes."""
    max_idle: int = 50
    """Connections kept while nobody needs them [MaxIdleConns]."""
    max_lifetime: float = 3600.0
    """Seconds after which a connection is replaced, 0 for never [ConnMaxLifetimeMilliseconds]."""
    max_idle_time: float = 300.0
    """Seconds without use after which a connection is replaced, 0 for never [ConnMaxIdleTimeMilliseconds]."""
    max_waiting: int = 5000
    """Tasks that may wait for a connection. More than this is minutes of work for any server: refuse at once."""
    wait_timeout: float = 30.0
    """Seconds that a task waits for a connection."""
    query_timeout: float = 30.0
    """Seconds that one statement may run, 0 for no limit [QueryTimeout]."""
    connect_timeout: float = 10.0
    """Seconds that opening a connection may take."""


class Database:
    """An executor over a pool of connections to one database."""

    def __init__(self, target: Target, limits: PoolLimits) -> None:
        self._target = target
        self._limits = limits
        self._idle: list[Connection] = []  # the last used is taken first: its caches are warm, and the others age
        self._open = 0
        self._waiting: deque[trio.lowlevel.Task] = deque()
        self._connections: set[Connection] = set()
        self._surroundings = Surroundings()
        self._checked_since = -inf  # connections last used before this moment are checked before use
        self._renewed_at = -inf  # connections opened before this moment are replaced as soon as nobody uses them
        self._closed = False

    @classmethod
    @asynccontextmanager
    async def open(cls, dsn: str, limits: PoolLimits | None = None) -> AsyncIterator[Self]:
        """A pool on the database that `dsn` names. Raises DatabaseUnavailable if it cannot be reached now."""
        database = cls(parse_dsn(dsn), limits or PoolLimits())
        database._release(await database._acquire())
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(database._watch, name="database watch")
                try:
                    yield database
                finally:
                    database.close()
                    nursery.cancel_scope.cancel()
        except BaseExceptionGroup as group:
            # the nursery is an inner matter: what the caller's block raised leaves it as it was
            if len(group.exceptions) > 1:
                raise
            raise group.exceptions[0] from group.exceptions[0].__cause__

    def close(self) -> None:
        """Close what is idle now and the rest as it is given back. Waiting tasks get an error."""
        self._closed = True
        for connection in self._idle:
            connection.close()
        self._open -= len(self._idle)
        self._idle.clear()
        while self._waiting:
            refusal = outcome.Error(DatabaseUnavailable("the database pool was closed"))
            trio.lowlevel.reschedule(self._waiting.popleft(), refusal)

    def recycle(self) -> None:
        """Replace every connection by a new one, those in use once they are given back."""
        self._renewed_at = trio.current_time()
        self._retire()

    @property
    def open_connections(self) -> int:
        return self._open

    @property
    def idle_connections(self) -> int:
        return len(self._idle)

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    # Executor

    async def fetch(self, sql: str, *args: Any) -> list[Record]:
        connection = self._find_idle() or await self._acquire()
        try:
            return await connection.run(sql, args)
        except StatementNotSent:
            pass
        finally:
            self._release(connection)
        with self._using(await self._acquire()) as connection:
            return await connection.run(sql, args)

    async def fetchrow(self, sql: str, *args: Any) -> Record | None:
        rows = await self.fetch(sql, *args)
        return rows[0] if rows else None

    async def fetchval(self, sql: str, *args: Any) -> Any:
        rows = await self.fetch(sql, *args)
        return rows[0][0] if rows else None

    async def execute(self, sql: str, *args: Any) -> str:
        with self._using(self._find_idle() or await self._acquire()) as connection:
            try:
                return await connection.run_tagged(sql, args)
            except StatementNotSent:
                pass
        with self._using(await self._acquire()) as connection:
            return await connection.run_tagged(sql, args)

    async def executemany(self, sql: str, arguments: Iterable[Sequence[Any]]) -> None:
        async with self.transaction() as tx:
            await tx.executemany(sql, arguments)

    def transaction(self) -> _OpenTransaction:
        """`async with db.transaction() as tx`: commits when the block ends, rolls back if an exception leaves it."""
        return _OpenTransaction(self)

    @asynccontextmanager
    async def session(self) -> AsyncIterator[Transaction]:
        """One connection kept for the block without a transaction, for what belongs to a session, such as its locks."""
        with self._using(await self._acquire()) as connection:
            yield Transaction(connection)

    # The pool

    async def _watch(self) -> None:
        """Keep the coarse clock, and have statements cancelled that run longer than allowed."""
        limit = self._limits.query_timeout or inf
        while True:
            await trio.sleep(1)
            self._surroundings.tick += 1
            self._retire()
            for connection in tuple(self._connections):
                if connection.statement_age > limit:
                    await connection.cancel_statement(_OBEY_SECONDS)

    @contextmanager
    def _using(self, connection: Connection) -> Iterator[Connection]:
        try:
            yield connection
        finally:
            self._release(connection)

    def _find_idle(self) -> Connection | None:
        """A live idle connection, unless others wait in line."""
        idle = self._idle
        if not idle or self._waiting:
            return None
        now = trio.current_time()
        while idle:
            connection = idle.pop()
            fresh = now - connection.used_at < _FRESH_SECONDS and connection.used_at > self._checked_since
            if not self._is_too_old(connection, now) and (fresh or not connection.find_dead()):
                return connection
            self._drop(connection)
            self._open -= 1
        return None

    def _is_too_old(self, connection: Connection, now: float) -> bool:
        lifetime, idle_time = self._limits.max_lifetime, self._limits.max_idle_time
        return bool(
            connection.opened_at < self._renewed_at
            or (lifetime and now - connection.opened_at > lifetime)
            or (idle_time and now - connection.used_at > idle_time)
        )

    def _retire(self) -> None:
        """Close what nobody has needed for long: the least recently used stand first."""
        now = trio.current_time()
        while self._idle and self._is_too_old(self._idle[0], now):
            self._drop(self._idle.pop(0))
            self._open -= 1

    def _drop(self, connection: Connection) -> None:
        connection.close()
        self._connections.discard(connection)

    async def _acquire(self) -> Connection:
        if self._closed:
            raise DatabaseUnavailable("the database pool is closed")
        connection = self._find_idle()
        if connection is not None:
            return connection
        if self._open < (self._limits.max_open or inf) and not self._waiting:
            self._open += 1
        else:
            connection = await self._wait_in_line()
        if connection is None or connection.broken:
            connection = await self._connect()
        return connection

    async def _wait_in_line(self) -> Connection | None:
        """A connection given back by another task, or None with leave to open one."""
        if len(self._waiting) >= self._limits.max_waiting:
            raise PoolExhausted("all database connections are busy and too many tasks wait for one")
        task = trio.lowlevel.current_task()
        self._waiting.append(task)

        def leave_line(_: object) -> trio.lowlevel.Abort:
            self._waiting.remove(task)
            return trio.lowlevel.Abort.SUCCEEDED

        with trio.move_on_after(self._limits.wait_timeout):
            return await trio.lowlevel.wait_task_rescheduled(leave_line)  # type: ignore[no-any-return]
        raise PoolExhausted(f"no database connection became free within {self._limits.wait_timeout:g} s")

    async def _connect(self) -> Connection:
        """Open a connection in the place already counted in `_open`."""
        try:
            connection = await connect(self._target, self._surroundings, patience=self._limits.connect_timeout)
        except BaseException:
            self._pass_place_on()
            raise
        self._connections.add(connection)
        return connection

    def _release(self, connection: Connection) -> None:
        if connection.broken or connection.in_transaction or self._closed:
            # The server may have gone: whatever was used before now is to be looked at before it is used again.
            self._checked_since = trio.current_time()
            self._drop(connection)
            self._pass_place_on()
        elif self._waiting:
            connection.used_at = trio.current_time()
            trio.lowlevel.reschedule(self._waiting.popleft(), outcome.Value(connection))
        elif len(self._idle) < self._limits.max_idle:
            connection.used_at = trio.current_time()
            self._idle.append(connection)
        else:
            self._drop(connection)
            self._open -= 1

    def _pass_place_on(self) -> None:
        """The place of a connection that is no more goes to the first task in line, or is free."""
        if self._waiting:
            trio.lowlevel.reschedule(self._waiting.popleft(), outcome.Value(None))
        else:
            self._open -= 1


class Transaction:
    """An executor on one connection. Its statements must be run by one task at a time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._savepoints = 0

    async def fetch(self, sql: str, *args: Any) -> list[Record]:
        return await self._connection.run(sql, args)

    async def fetchrow(self, sql: str, *args: Any) -> Record | None:
        rows = await self._connection.run(sql, args)
        return rows[0] if rows else None

    async def fetchval(self, sql: str, *args: Any) -> Any:
        rows = await self._connection.run(sql, args)
        return rows[0][0] if rows else None

    async def execute(self, sql: str, *args: Any) -> str:
        return await self._connection.run_tagged(sql, args)

    async def executemany(self, sql: str, arguments: Iterable[Sequence[Any]]) -> None:
        for args in arguments:
            await self._connection.run(sql, tuple(args))

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Nested: the same transaction; nothing is committed before the outermost block ends."""
        yield self

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[Transaction]:
        """A part that may fail by itself: an exception that leaves the block undoes only what the block did."""
        self._savepoints += 1
        name = f"sp{self._savepoints}"
        await self.execute(f"savepoint {name}")
        try:
            yield self
        except BaseException:
            if not self._connection.broken:
                with trio.move_on_after(_ROLLBACK_SECONDS, shield=True):
                    await self.execute(f"rollback to savepoint {name}")
            raise
        await self.execute(f"release savepoint {name}")


class _OpenTransaction:
    """The block of `Database.transaction`. A class and not a generator, because most requests that write open one."""

    __slots__ = ("_connection", "_database")

    def __init__(self, database: Database) -> None:
        self._database = database

    async def __aenter__(self) -> Transaction:
        database = self._database
        self._connection = database._find_idle() or await database._acquire()
        self._connection.begin()
        return Transaction(self._connection)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        connection = self._connection
        try:
            if kind is None:
                await connection.commit()
            else:
                await self._roll_back(connection)
        finally:
            self._database._release(connection)

    async def _roll_back(self, connection: Connection) -> None:
        with trio.move_on_after(_ROLLBACK_SECONDS, shield=True):
            try:
                await connection.roll_back()
            except DatabaseError:
                connection.close()
