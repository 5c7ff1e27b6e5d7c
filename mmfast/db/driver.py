"""One PostgreSQL connection: asyncpg's protocol, driven by Trio.

asyncpg's Cython protocol is sans-I/O enough to be moved to another event loop: it asks its `loop` for futures only,
writes to a `transport`, and is fed with `data_received`. Here the future reads the socket itself when awaited, so a
statement costs one `send`, one `wait_readable` and one `recv`, and no other task takes part: less than through
asyncpg's own connection on asyncio, and a fifth of what it costs through trio-asyncio (bench/micro/query.py).

What is used of asyncpg is pinned in pyproject.toml, because it is not all public: `Protocol.prepare`, `bind_execute`,
`query` and `close_statement`, and the parsing of connection strings. asyncpg's `Connection`, `Pool` and anything that
needs an asyncio loop (its time-outs, COPY, `executemany`) stay unused. Limits and waiting are in `pool.py`.
"""

from __future__ import annotations

import re
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Generator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, Final

import asyncpg
import trio
from asyncpg.introspection import INTRO_LOOKUP_TYPES
from asyncpg.protocol.protocol import NO_TIMEOUT, Protocol
from trio.lowlevel import wait_readable, wait_writable

from mmfast.db.dsn import Address, Target
from mmfast.db.errors import (
    DRIVER_ERRORS,
    DatabaseError,
    DatabaseUnavailable,
    QueryTimeout,
    StatementNotSent,
    translate,
)

# A full-size answer of the hot reads fits; larger ones take several turns.
_RECEIVE_BYTES: Final = 65_536
# Statements are kept prepared per connection, the oldest closed first. The features have some hundreds of texts.
_STATEMENT_CACHE: Final = 500
# A cancelled statement is given this long to end by itself before the server is asked to cancel it ...
_SETTLE_SECONDS: Final = 0.05
# ... and this long to obey, after which the connection is closed.
_CANCEL_SECONDS: Final = 2.0
# The probe and the unacknowledged-data limit by which a vanished server is noticed (TCP only).
_KEEPALIVE_SECONDS: Final = 30

_SSL_REQUEST: Final = struct.pack("!ii", 8, 80877103)
_CANCEL_REQUEST_CODE: Final = 80877102
_TERMINATE: Final = b"X\x00\x00\x00\x04"


class _Answer:
    """The future that the protocol completes. Awaiting it reads the connection's socket until it is complete."""

    __slots__ = ("_done", "_error", "_transport", "_value", "since")

    def __init__(self, transport: _Transport) -> None:
        self._transport = transport
        self.since = transport.surroundings.tick
        self._done = False
        self._value: Any = None
        self._error: BaseException | None = None

    def done(self) -> bool:
        return self._done

    def cancelled(self) -> bool:
        return False

    def set_result(self, value: Any) -> None:
        self._value = value
        self._done = True

    def set_exception(self, error: BaseException) -> None:
        self._error = error
        self._done = True

    def add_done_callback(self, callback: object) -> None:
        """The protocol's callback only serves asyncio's own time-outs and cancellation, which are not used here."""

    def __await__(self) -> Generator[Any, Any, Any]:
        if not self._done:
            yield from self._read().__await__()
        if self._error is not None:
            raise self._error
        return self._value

    async def _read(self) -> None:
        transport = self._transport
        try:
            while not self._done:
                if transport.unsent:
                    await transport.flush()
                await wait_readable(transport.fd)
                transport.receive()
        except trio.ClosedResourceError:
            raise QueryTimeout("a statement ran too long and did not end when asked to") from None
        except trio.Cancelled:
            await transport.settle(self)
            raise


@dataclass
class Surroundings:
    """What the connections to one database share."""

    tick: int = 0
    """The pool's coarse clock, in seconds; a statement's age is read off it."""
    types: dict[int, Any] = field(default_factory=dict)
    """Catalogue rows of the user-defined types met so far, by oid."""


class _Transport:
    """The socket under the protocol, with TLS in memory where asked for. Also plays the protocol's event loop."""

    def __init__(self, sock: socket.socket, target: Target, address: Address, surroundings: Surroundings) -> None:
        self.sock = sock
        self.fd = sock.fileno()
        self.target = target
        self.address = address
        self.surroundings = surroundings
        self.answer: _Answer | None = None
        self.unsent = bytearray()
        self.lost = False
        # True when the last thing written failed before any byte of it was accepted by the kernel
        self.write_refused = False
        self.protocol: Any = None
        self._tls: ssl.SSLObject | None = None
        self._tls_in = ssl.MemoryBIO()
        self._tls_out = ssl.MemoryBIO()

    # What the protocol asks of its loop

    def create_future(self) -> _Answer:
        answer = self.answer = _Answer(self)
        return answer

    # What the protocol asks of its transport

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return {"socket": self.sock, "ssl_object": self._tls}.get(name, default)

    def write(self, data: memoryview | bytes) -> None:
        if self._tls is not None:
            self._tls.write(data)
            data = self._tls_out.read()
        if self.unsent:
            self.unsent += data
            return
        try:
            sent = self.sock.send(data)
        except BlockingIOError:
            sent = 0
        except OSError:
            self.write_refused = not self.lost
            self.lost = True
            raise
        if sent < len(data):
            self.unsent += data[sent:]

    def writelines(self, buffers: list[memoryview]) -> None:
        self.write(b"".join(buffers))

    def pause_reading(self) -> None:
        """Reading happens only while a statement waits for its answer, so there is nothing to pause."""

    def resume_reading(self) -> None:
        """See `pause_reading`."""

    def abort(self) -> None:
        self.lost = True
        if self.fd >= 0:
            trio.lowlevel.notify_closing(self.fd)
            self.fd = -1
            self.sock.close()

    # Our own part

    def receive(self) -> None:
        """Take what the socket has and feed it to the protocol."""
        try:
            data = self.sock.recv(_RECEIVE_BYTES)
        except (BlockingIOError, InterruptedError):
            return
        except OSError as error:
            self._end(error)
            return
        if not data:
            self._end(None)
            return
        if self._tls is None:
            self.protocol.data_received(data)
            return
        self._tls_in.write(data)
        try:
            while plain := self._tls.read(_RECEIVE_BYTES):
                self.protocol.data_received(plain)
        except ssl.SSLWantReadError:
            return
        except ssl.SSLError as error:
            self._end(error)
            return
        self._end(None)

    def _end(self, error: Exception | None) -> None:
        self.lost = True
        self.protocol.connection_lost(error)

    async def flush(self) -> None:
        """Send what the socket did not take at once. Reads meanwhile: the server may be blocked on writing to us."""
        while self.unsent and not self.lost:
            async with trio.open_nursery() as nursery:
                # whichever comes first ends the turn
                nursery.start_soon(_wait_then_cancel, wait_readable, self.fd, nursery.cancel_scope)
                await wait_writable(self.fd)
                nursery.cancel_scope.cancel()
            self._flush_now()
            self.receive()

    def _flush_now(self) -> None:
        try:
            sent = self.sock.send(self.unsent)
        except BlockingIOError:
            return
        except OSError as error:
            self.unsent.clear()
            self._end(error)
            return
        del self.unsent[:sent]

    async def settle(self, answer: _Answer) -> None:
        """Bring the connection back to a known state after its statement was abandoned, or close it."""
        with trio.CancelScope(shield=True):
            for ask_server, seconds in ((False, _SETTLE_SECONDS), (True, _CANCEL_SECONDS)):
                with trio.move_on_after(seconds):
                    if ask_server:
                        await self.request_cancel()
                    while not answer.done() and not self.lost:
                        if self.unsent:
                            await self.flush()
                        else:
                            await wait_readable(self.fd)
                            self.receive()
                if answer.done():
                    return
        self.protocol.abort()
        self.abort()

    async def request_cancel(self) -> None:
        process, secret = self.protocol.backend_pid, self.protocol.backend_secret
        try:
            sock = await _connect_socket(self.address)
        except OSError:
            return
        with sock:
            other = _Transport(sock, self.target, self.address, self.surroundings)
            try:
                await other.start_tls()
                other.write(struct.pack("!iiii", 16, _CANCEL_REQUEST_CODE, process, secret))
                await wait_readable(sock)
            except (OSError, DatabaseError):
                return

    async def start_tls(self) -> None:
        """Ask for TLS as the connection string demands; a Unix socket never has it."""
        context, mode = self.target.tls
        if context is None or isinstance(self.address, str):
            return
        self.sock.send(_SSL_REQUEST)
        await wait_readable(self.sock)
        reply = self.sock.recv(1)
        if reply != b"S":
            if mode == "prefer" and reply == b"N":
                return
            raise DatabaseUnavailable("PostgreSQL does not offer TLS, and the connection string demands it")
        tls = context.wrap_bio(self._tls_in, self._tls_out, server_hostname=self.address[0])
        while True:
            try:
                tls.do_handshake()
            except ssl.SSLWantReadError:
                await self._exchange_handshake()
            else:
                break
        self._tls = tls
        if pending := self._tls_out.read():
            self.sock.send(pending)

    async def _exchange_handshake(self) -> None:
        if pending := self._tls_out.read():
            self.sock.send(pending)
        await wait_readable(self.sock)
        data = self.sock.recv(_RECEIVE_BYTES)
        if not data:
            raise DatabaseUnavailable("PostgreSQL closed the connection during the TLS handshake")
        self._tls_in.write(data)


async def _wait_then_cancel(wait: Any, fd: int, scope: trio.CancelScope) -> None:
    await wait(fd)
    scope.cancel()


async def _connect_socket(address: Address) -> socket.socket:
    """A connected, non-blocking plain socket: Trio resolves and connects, the rest is done on the descriptor."""
    if isinstance(address, str):
        trio_socket = trio.socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            await trio_socket.connect(address)
        except BaseException:
            trio_socket.close()
            raise
    else:
        stream = await trio.open_tcp_stream(*address)
        trio_socket = stream.socket
    sock = socket.socket(fileno=trio_socket.detach())
    sock.setblocking(False)
    if sock.family != socket.AF_UNIX:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for option, value in (("TCP_KEEPIDLE", _KEEPALIVE_SECONDS), ("TCP_USER_TIMEOUT", _KEEPALIVE_SECONDS * 1000)):
            if hasattr(socket, option):
                sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), value)
    return sock


class Connection:
    """One session with PostgreSQL, for one task at a time."""

    # asyncpg's protocol reads its connection's default time-out from here
    _config: Final = SimpleNamespace(command_timeout=None)

    def __init__(self, transport: _Transport, protocol: Any) -> None:
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
    failure: DatabaseError | None = None
    for address in target.addresses:
        try:
            with trio.fail_after(patience):
                return await _open(target, address, surroundings)
        except trio.TooSlowError:
            failure = DatabaseUnavailable(f"PostgreSQL at {target.describe(address)} did not answer in time")
        except DRIVER_ERRORS as error:
            failure = translate(error)
            failure.__cause__ = error
            if not isinstance(failure, DatabaseUnavailable):
                break
        except DatabaseUnavailable as error:
            failure = error
    assert failure is not None, "a target has at least one address"
    raise failure


async def _open(target: Target, address: Address, surroundings: Surroundings) -> Connection:
    transport = _Transport(await _connect_socket(address), target, address, surroundings)
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
