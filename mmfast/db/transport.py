"""The socket under asyncpg's protocol, and the future that reads it: what asyncpg would have of an asyncio loop.

Sending is a plain non-blocking `send` from wherever the protocol asks for it; reading is done by the task that awaits
the answer. TLS is held in memory between the two. What is sent, and what an answer means, is the driver's.
"""

from __future__ import annotations

import socket
import ssl
import struct
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any, Final

import trio
from trio.lowlevel import wait_readable, wait_writable

from mmfast.db.dsn import Address, Target
from mmfast.db.errors import DatabaseError, DatabaseUnavailable, QueryTimeout

# A full-size answer of the hot reads fits; larger ones take several turns.
_RECEIVE_BYTES: Final = 65_536
# A cancelled statement is given this long to end by itself before the server is asked to cancel it ...
_SETTLE_SECONDS: Final = 0.05
# ... and this long to obey, after which the connection is closed.
_CANCEL_SECONDS: Final = 2.0
# The probe and the unacknowledged-data limit by which a vanished server is noticed (TCP only).
_KEEPALIVE_SECONDS: Final = 30

_SSL_REQUEST: Final = struct.pack("!ii", 8, 80877103)
_CANCEL_REQUEST_CODE: Final = 80877102
_BEGIN: Final = b"Q\x00\x00\x00\x0abegin\x00"


class Answer:
    """The future that the protocol completes. Awaiting it reads the connection's socket until it is complete."""

    __slots__ = ("_done", "_error", "_transport", "_value", "since")

    def __init__(self, transport: Transport) -> None:
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


class Transport:
    """The socket under the protocol, with TLS in memory where asked for. Also plays the protocol's event loop."""

    def __init__(self, sock: socket.socket, target: Target, address: Address, surroundings: Surroundings) -> None:
        self.sock = sock
        self.fd = sock.fileno()
        self.target = target
        self.address = address
        self.surroundings = surroundings
        self.answer: Answer | None = None
        self.unsent = bytearray()
        self.lost = False
        # True when the last thing written failed before any byte of it was accepted by the kernel
        self.write_refused = False
        self.protocol: Any = None
        self.begin_due = False  # a transaction was begun, which the server has not been told yet
        self._begin_answer: bytes | None = None  # what has come of the answer to that, None when none is awaited
        self._tls: ssl.SSLObject | None = None
        self._tls_in = ssl.MemoryBIO()
        self._tls_out = ssl.MemoryBIO()

    # What the protocol asks of its loop

    def create_future(self) -> Answer:
        answer = self.answer = Answer(self)
        return answer

    # What the protocol asks of its transport

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return {"socket": self.sock, "ssl_object": self._tls}.get(name, default)

    def write(self, data: memoryview | bytes) -> None:
        if self.begin_due:
            data = _BEGIN + data
            self.begin_due = False
            self._begin_answer = b""
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
            self._feed(data)
            return
        self._tls_in.write(data)
        try:
            while plain := self._tls.read(_RECEIVE_BYTES):
                self._feed(plain)
        except ssl.SSLWantReadError:
            return
        except ssl.SSLError as error:
            self._end(error)
            return
        self._end(None)

    def _feed(self, data: bytes) -> None:
        if self._begin_answer is not None:
            data = self._without_begin_answer(self._begin_answer + data)
        if data:
            self.protocol.data_received(data)

    def _without_begin_answer(self, data: bytes) -> bytes:
        """Take out the answer to `_BEGIN`, of which the protocol knows nothing: CommandComplete and ReadyForQuery.

        Notices and changed settings may come between them; after an error the protocol gets all that follows.
        """
        passed_on = b""
        position = 0
        while position + 5 <= len(data):
            kind = data[position : position + 1]
            end = position + 1 + int.from_bytes(data[position + 1 : position + 5], "big")
            if kind == b"E":
                self._begin_answer = None
                return passed_on + data[position:]
            if end > len(data):
                break
            if kind == b"Z":
                self._begin_answer = None
                return passed_on + data[end:]
            if kind != b"C":
                passed_on += data[position:end]
            position = end
        self._begin_answer = data[position:]
        return passed_on

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

    async def settle(self, answer: Answer) -> None:
        """Bring the connection back to a known state after its statement was abandoned, or close it."""
        if not self.protocol.is_connected():  # still signing in: nothing worth keeping
            self.abort()
            return
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
            sock = await connect_socket(self.address)
        except OSError:
            return
        with sock:
            other = Transport(sock, self.target, self.address, self.surroundings)
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


async def connect_socket(address: Address) -> socket.socket:
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
