"""Bytes to and from one accepted socket: plain, or encrypted by our own SSLObject over memory buffers.

Not Trio's streams: a trivial request costs a few microseconds here, and the senders of events need a write that never
waits. What `try_write` cannot give to the kernel is kept, bounded by what was given, until `flush`.
"""

import socket
import ssl
from contextlib import suppress
from typing import Protocol

import trio

READ_SIZE = 65536


class Transport(Protocol):
    """One connection's bytes. Errors of the socket, whatever their kind, come as BrokenResourceError."""

    fd: int
    """The descriptor where bytes may be written as they are, else -1."""

    async def read(self) -> bytes:
        """Waits for bytes; b"" once the peer has finished sending."""

    def try_write(self, data: bytes) -> bool:
        """Writes without waiting; False if something is left for `flush`, which must come before much more."""

    @property
    def has_pending(self) -> bool:
        """Whether something is left for `flush`."""

    async def flush(self) -> None:
        """Waits until everything written has been given to the kernel."""

    async def wait_writable(self) -> None:
        """Waits until the socket takes bytes again."""

    def end(self) -> None:
        """Tells the peer that nothing more will come."""

    def close(self) -> None:
        """Closes the socket at once."""


class PlainTransport:
    """Plain TCP."""

    __slots__ = ("_pending", "_sock", "fd")

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._pending: bytes | memoryview = b""
        self.fd = sock.fileno()

    async def read(self) -> bytes:
        sock = self._sock
        while True:
            await trio.lowlevel.wait_readable(self._open_socket())
            try:
                return sock.recv(READ_SIZE)
            except BlockingIOError:
                continue  # woken without cause
            except OSError as error:
                raise trio.BrokenResourceError(str(error)) from error

    def try_write(self, data: bytes) -> bool:
        if self._pending:
            data = b"".join((self._pending, data))
        return self._give(data)

    def _give(self, data: bytes | memoryview) -> bool:
        try:
            sent = self._sock.send(data)
        except BlockingIOError:
            sent = 0
        except OSError as error:
            raise trio.BrokenResourceError(str(error)) from error
        self._pending = b"" if sent == len(data) else memoryview(data)[sent:]
        return not self._pending

    @property
    def has_pending(self) -> bool:
        return bool(self._pending)

    async def flush(self) -> None:
        while self._pending:
            await trio.lowlevel.wait_writable(self._sock)
            self._give(self._pending)

    async def wait_writable(self) -> None:
        await trio.lowlevel.wait_writable(self._open_socket())

    def _open_socket(self) -> socket.socket:
        """The socket, which another task may have closed meanwhile."""
        if self._sock.fileno() < 0:
            raise trio.ClosedResourceError
        return self._sock

    def take_pending(self) -> bytes:
        """What is left for `flush`, handed to another writer of the same socket."""
        pending, self._pending = bytes(self._pending), b""
        return pending

    def end(self) -> None:
        try:
            self._sock.shutdown(socket.SHUT_WR)
        except OSError as error:
            raise trio.BrokenResourceError(str(error)) from error

    def close(self) -> None:
        if self._sock.fileno() >= 0:
            trio.lowlevel.notify_closing(self._sock)
            self._sock.close()


class TlsTransport:
    """TLS over a plain transport. Its `fd` is -1: only what this object encrypts may go to the socket."""

    __slots__ = ("_incoming", "_outgoing", "_plain", "_tls", "fd")

    def __init__(self, plain: PlainTransport, context: ssl.SSLContext) -> None:
        self._plain = plain
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_side=True)
        self.fd = -1

    async def handshake(self) -> None:
        """Completes the handshake, or raises BrokenResourceError."""
        while True:
            try:
                self._tls.do_handshake()
            except ssl.SSLWantReadError:
                await self._exchange()
            except ssl.SSLError as error:
                self._send_encrypted()  # the alert that says why
                raise trio.BrokenResourceError(str(error)) from error
            else:
                self._send_encrypted()
                await self._plain.flush()
                return

    def protocol(self) -> str:
        """What ALPN agreed on, "" for nothing."""
        return self._tls.selected_alpn_protocol() or ""

    async def read(self) -> bytes:
        while True:
            try:
                return self._tls.read(READ_SIZE)
            except ssl.SSLWantReadError:
                if not await self._exchange():
                    return b""
            except ssl.SSLZeroReturnError:
                return b""
            except ssl.SSLError as error:
                raise trio.BrokenResourceError(str(error)) from error

    async def _exchange(self) -> bool:
        """Sends what TLS itself wants to send and takes in more; False at the end of the peer's bytes."""
        if self._outgoing.pending:
            self._send_encrypted()
            await self._plain.flush()
        data = await self._plain.read()
        if data:
            self._incoming.write(data)
        else:
            self._incoming.write_eof()
        return bool(data)

    def try_write(self, data: bytes) -> bool:
        if data:
            try:
                self._tls.write(data)
            except ssl.SSLError as error:
                raise trio.BrokenResourceError(str(error)) from error
        return self._send_encrypted()

    def _send_encrypted(self) -> bool:
        return self._plain.try_write(self._outgoing.read())

    @property
    def has_pending(self) -> bool:
        return self._plain.has_pending

    async def flush(self) -> None:
        await self._plain.flush()

    async def wait_writable(self) -> None:
        await self._plain.wait_writable()

    def end(self) -> None:
        with suppress(ssl.SSLError):  # our close_notify is out; the peer's need not be waited for (RFC 8446, 6.1)
            self._tls.unwrap()
        self._send_encrypted()
        self._plain.end()

    def close(self) -> None:
        self._plain.close()
