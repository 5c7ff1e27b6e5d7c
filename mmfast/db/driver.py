"""One PostgreSQL connection: asyncpg's protocol, driven by Trio.

asyncpg's Cython protocol is sans-I/O enough to be moved to another event loop: it asks its `loop` for futures only,
writes to a `transport`, and is fed with `data_received`. Here the future reads the socket itself when awaited, so a
statement costs one `send`, one `wait_readable` and one `recv`, and no other task takes part: about a third of its cost
through asyncpg's own pool on asyncio, and a fifth of that through trio-asyncio (bench/micro/query.py).

What is used of asyncpg is pinned in pyproject.toml, because it is not all public: `Protocol.prepare`, `bind_execute`,
`query` and `close_statement`, and the parsing of connection strings. asyncpg's `Connection`, `Pool` and anything that
needs an asyncio loop (its time-outs, COPY, `executemany`) stay unused. Limits and waiting are in `pool.py`.
"""

from __future__ import annotations

import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from types import SimpleNamespace
from typing import Any, Final

import asyncpg
import trio
from asyncpg.introspection import INTRO_LOOKUP_TYPES
from asyncpg.protocol.protocol import NO_TIMEOUT, Protocol

from mmfast.db.dsn import Address, Target
from mmfast.db.errors import (
    DRIVER_ERRORS,
    DatabaseError,
    DatabaseUnavailable,
    StatementError,
    StatementNotSent,
    translate,
)
from mmfast.db.transport import Surroundings, Transport, connect_socket

# Statements are kept prepared per connection, the oldest closed first. The features have some hundreds of texts.
_STATEMENT_CACHE: Final = 500
_TERMINATE: Final = b"X\x00\x00\x00\x04"


class Connection:
    """One session with PostgreSQL, for one task at a time."""

    # asyncpg's protocol reads its connection's default time-out from here
    _config: Final = SimpleNamespace(command_timeout=None)

    def __init__(self, transport: Transport, protocol: Any) -> None:
        self._transport = transport
        self._protocol = protocol
        self._statements: dict[str, Any] = {}
        self._statement_number = 0
        self.opened_at = self.used_at = trio.current_time()

    # What the protocol asks of its connection

    def _process_log_message(self, fields: object, last_query: object) -> None:
        """Notices are for a person at psql."""

    def _process_notification(self, process: int, channel: str, payload: str) -> None:
        """Nothing here listens."""

    def _cleanup(self) -> None:
        """The pool drops a lost connection when it is given back."""

    # Our own part

    @property
    def broken(self) -> bool:
        return bool(self._transport.lost or not self._protocol.is_connected())

    @property
    def in_transaction(self) -> bool:
        return bool(self._protocol.is_in_transaction())

    def begin(self) -> None:
        """Begin a transaction. The server is told together with the first statement, which saves a round trip."""
        self._transport.begin_due = True

    async def commit(self) -> None:
        """Raises StatementError where PostgreSQL answers with a rollback, because a statement had failed."""
        if self._transport.begin_due:
            self._transport.begin_due = False
        elif await self.run_tagged("commit", ()) != "COMMIT":
            raise StatementError("the transaction was rolled back: one of its statements had failed")

    async def roll_back(self) -> None:
        if self._transport.begin_due:
            self._transport.begin_due = False
        elif not self.broken:
            await self.run_tagged("rollback", ())

    @property
    def process_id(self) -> int:
        """The server process of this session, as in pg_stat_activity."""
        return int(self._protocol.backend_pid)

    @property
    def server_version(self) -> int:
        """The major version of the server."""
        match = re.match(r"\d+", str(self._protocol.get_settings().server_version))
        return int(match[0]) if match else 0

    def find_dead(self) -> bool:
        """Whether an idle connection was closed by the server meanwhile. Costs one system call."""
        try:
            self._transport.sock.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except OSError:
            pass
        # An idle session is sent nothing but a parting message; what else it may be told is not worth keeping it for.
        self._transport.abort()
        return True

    async def run(self, sql: str, args: tuple[Any, ...]) -> list[Any]:
        """The rows of one statement."""
        try:
            statement = self._statements.get(sql)
            if statement is None:
                statement = await self._prepare(sql)
            return await self._protocol.bind_execute(statement, args, "", 0, False, NO_TIMEOUT)  # type: ignore[no-any-return]
        except asyncpg.InvalidCachedStatementError:
            return await self._run_again(sql, args)
        except DRIVER_ERRORS as error:
            raise self._explain(error) from error

    async def run_tagged(self, sql: str, args: tuple[Any, ...]) -> str:
        """The command tag of one statement, or of a script when there are no arguments."""
        try:
            if not args:
                return str(await self._protocol.query(sql, None))
            statement = self._statements.get(sql) or await self._prepare(sql)
            answer = await self._protocol.bind_execute(statement, args, "", 0, True, NO_TIMEOUT)
            return str(answer[1].decode())
        except DRIVER_ERRORS as error:
            raise self._explain(error) from error

    @property
    def statement_age(self) -> int:
        """Seconds for which the statement in progress runs, 0 when there is none."""
        answer = self._transport.answer
        return 0 if answer is None or answer.done() else self._transport.surroundings.tick - answer.since

    async def cancel_statement(self, seconds: float) -> None:
        """Have the server cancel the statement in progress; close the connection if it does not within `seconds`."""
        answer = self._transport.answer
        with trio.move_on_after(seconds):
            await self._transport.request_cancel()
        if self._transport.answer is answer and not self.broken and self.statement_age > seconds:
            self._transport.abort()

    def close(self) -> None:
        """Say goodbye and close the socket, without waiting."""
        if not self._transport.lost:
            with suppress(OSError):
                self._transport.write(_TERMINATE)
        self._transport.abort()

    async def _prepare(self, sql: str) -> Any:
        if len(self._statements) >= _STATEMENT_CACHE:
            oldest = self._statements.pop(next(iter(self._statements)))
            await self._protocol.close_statement(oldest, NO_TIMEOUT)
        self._statement_number += 1
        try:
            statement = await self._protocol.prepare(
                f"s{self._statement_number}", sql, NO_TIMEOUT, record_class=asyncpg.Record
            )
            missing = statement._init_types()
            if missing:
                await self._learn_types(missing)
            statement._init_codecs()
        except DRIVER_ERRORS as error:
            failure = self._explain(error)
            if isinstance(failure, DatabaseUnavailable):
                raise StatementNotSent(str(failure)) from error
            raise failure from error
        self._statements[sql] = statement
        return statement

    async def _learn_types(self, oids: set[int]) -> None:
        """User-defined types (our enums) get their codecs from the catalogue, looked up once per pool."""
        settings = self._protocol.get_settings()
        types = self._transport.surroundings.types
        unknown = oids - types.keys()
        if unknown:
            statement = await self._protocol.prepare("", INTRO_LOOKUP_TYPES, NO_TIMEOUT, record_class=asyncpg.Record)
            statement._init_codecs()
            rows = await self._protocol.bind_execute(statement, (list(unknown),), "", 0, False, NO_TIMEOUT)
            types.update({row["oid"]: row for row in rows})
        settings.register_data_types(list(types.values()))

    async def _run_again(self, sql: str, args: tuple[Any, ...]) -> list[Any]:
        """A table changed under the prepared statement. Outside a transaction it is simply prepared again."""
        stale = self._statements.pop(sql)
        try:
            if self.in_transaction:
                raise DatabaseUnavailable("the schema changed during the transaction")
            await self._protocol.close_statement(stale, NO_TIMEOUT)
            statement = await self._prepare(sql)
            return await self._protocol.bind_execute(statement, args, "", 0, False, NO_TIMEOUT)  # type: ignore[no-any-return]
        except DRIVER_ERRORS as error:
            raise self._explain(error) from error

    def _explain(self, error: BaseException) -> DatabaseError:
        # The protocol refuses to send when the server's parting message came right behind the last answer.
        unsent = isinstance(error, asyncpg.InternalClientError) and str(error).startswith("cannot switch to state")
        if unsent or self._transport.write_refused:
            return StatementNotSent(f"the connection to PostgreSQL was dead: {error}")
        if isinstance(error, asyncpg.InterfaceError) and self.broken:
            return DatabaseUnavailable(f"the connection to PostgreSQL was lost: {error}")
        return translate(error)


async def connect(target: Target, surroundings: Surroundings, *, patience: float) -> Connection:
    """Open a session with the first of the target's addresses that answers, each within `patience` seconds."""
    failures: list[str] = []
    for address in target.addresses:
        place = target.describe(address)
        try:
            with trio.fail_after(patience):
                return await _open(target, address, surroundings)
        except trio.TooSlowError:
            failures.append(f"PostgreSQL at {place} did not answer within {patience:g} s")
        except OSError as error:
            failures.append(f"PostgreSQL at {place} cannot be reached: {error.strerror or error}")
        except (*DRIVER_ERRORS, DatabaseUnavailable) as error:
            failures.append(f"PostgreSQL at {place} refused the connection: {translate(error)}")
    raise DatabaseUnavailable("; ".join(dict.fromkeys(failures)))


async def _open(target: Target, address: Address, surroundings: Surroundings) -> Connection:
    transport = Transport(await connect_socket(address), target, address, surroundings)
    try:
        await transport.start_tls()
        connected = transport.create_future()
        protocol = Protocol(address, connected, target.parameters, asyncpg.Record, transport)
        transport.protocol = protocol
        connection = Connection(transport, protocol)
        protocol.set_connection(connection)
        protocol.connection_made(transport)
        await connected
    except BaseException:
        transport.abort()
        raise
    return connection


@asynccontextmanager
async def connected(target: Target, *, patience: float = 10.0) -> AsyncIterator[Connection]:
    """A session outside any pool, for the rare one-off task."""
    connection = await connect(target, Surroundings(), patience=patience)
    try:
        yield connection
    finally:
        connection.close()
