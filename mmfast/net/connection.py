"""One accepted connection: requests in, answers out, until either side has enough or it becomes a WebSocket.

Not here: the grammar (`mmfast.wire`), accepting and the clock that looks at `deadline` (`listener`).
"""

import logging
import math
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress

import trio

from mmfast.net.channel import SocketChannel
from mmfast.net.settings import ListenerSettings
from mmfast.net.transport import TlsTransport, Transport
from mmfast.wire.choice import Http1Parser
from mmfast.wire.head import ProtocolError, RequestHead
from mmfast.wire.request import NO_BODY, BodySource, Disconnected, Request
from mmfast.wire.response import LAST_CHUNK, FileBody, Response, Upgrade, encode_chunk, encode_chunked, encode_head
from mmfast.wire.websocket import SERVICE_RESTART, WebSocketChannel, accept_key

log = logging.getLogger(__name__)

Application = Callable[[Request], Awaitable[Response]]
Handler = Callable[[WebSocketChannel], Awaitable[None]]

FILE_PIECE = 256 * 1024  # read in one go from a file; also what a slow client may hold in memory
DRAIN_BYTES = 256 * 1024  # an unread rest of a body up to this is read away to keep the connection (as Go does)
LINGER_SECONDS = 1.0
LINGER_BYTES = 4 << 20
_PLAIN_TEXT = ("Content-Type", "text/plain; charset=utf-8")
_FAILED = b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_UPGRADED = [("Upgrade", "websocket"), ("Connection", "Upgrade")]


class Connection:
    """The life of one connection. `deadline`, on Trio's clock, is when its peer has been too slow."""

    __slots__ = (
        "_app",
        "_handler",
        "_limits",
        "_owes_answer",
        "_parser",
        "_peer",
        "_scope",
        "_stopping",
        "_transport",
        "channel",
        "deadline",
        "idle",
    )

    def __init__(self, app: Application, transport: Transport, peer: str, limits: ListenerSettings) -> None:
        self._app = app
        self._transport = transport
        self._peer = peer
        self._limits = limits
        self._parser = Http1Parser(limits.max_head_bytes)
        self._stopping = False
        self._owes_answer = False
        self._handler: Handler | None = None
        self._scope = trio.CancelScope()
        self.deadline = trio.current_time() + limits.header_timeout
        self.idle = True
        self.channel: SocketChannel | None = None

    def stop(self) -> None:
        """The server stops: ends the connection after the request it is at, at once if there is none."""
        self._stopping = True
        if self.channel is not None:
            self.channel.hang_up(SERVICE_RESTART, "the server is stopping")
        elif self.idle:
            self._scope.cancel()

    def cut(self) -> None:
        """Ends the connection at once."""
        if self.channel is not None:
            self.channel.drop()
        else:
            self._scope.cancel()

    def become_websocket(self, received: bytes, handler: Handler) -> None:
        """Makes `run` go on with a WebSocket already open; `received` is what was read of it and not yet used."""
        self.idle, self.deadline = False, math.inf
        self.channel = SocketChannel(self._transport, self._peer, received, self._limits.max_message_bytes)
        self._handler = handler

    async def run(self) -> None:
        """Serves the connection to its end. Whatever happens in it ends this connection only."""
        try:
            with self._scope:
                if isinstance(self._transport, TlsTransport):
                    await self._transport.handshake()
                if self._handler is None:
                    await self._serve()
            if self._handler is not None:
                # A WebSocket ends with its socket, and needs no scope: most connections are idle ones of them.
                del self._scope
                await self._speak(self._handler)
        except (trio.BrokenResourceError, trio.ClosedResourceError, Disconnected):
            pass  # the peer is gone
        except Exception:  # the one edge of net: a crash must not take the other connections with it
            log.exception("connection of %s failed", self._peer)
            if self._owes_answer:
                with suppress(trio.BrokenResourceError):
                    self._transport.try_write(_FAILED)
        finally:
            self._transport.close()
            if self.channel is not None:
                self.channel.release()

    async def _serve(self) -> None:
        """Answers requests until the connection's end, or until it becomes a WebSocket: then there is a handler.

        Nothing of the requests stays in memory for a WebSocket's life: most connections are idle ones.
        """
        while (head := await self._read_head()) is not None:
            if not await self._answer(head):
                break
            if self._parser.has_input():
                await trio.lowlevel.checkpoint()  # pipelined requests must not keep the others waiting

    async def _speak(self, handler: Handler) -> None:
        channel = self.channel
        assert channel is not None
        await handler(channel)
        if channel.close_sent:
            await self._linger()

    async def _read_head(self) -> RequestHead | None:
        """The next request's head; None at the end of the connection or after an answer to a broken request."""
        parser, transport, limits = self._parser, self._transport, self._limits
        try:
            while (head := parser.next_head()) is None:
                if self.idle and parser.has_input():
                    self.idle = False
                    self.deadline = trio.current_time() + limits.header_timeout
                data = await transport.read()
                if not data:
                    return None
                parser.feed(data)
        except ProtocolError as error:
            await self._refuse(error)
            return None
        self.idle = False
        self.deadline = math.inf
        return head

    async def _refuse(self, error: ProtocolError) -> None:
        status_line = f"HTTP/1.1 {error.status} {error.reason}\r\n"
        text = f"{error.status} {error.reason}"
        fields = f"{_PLAIN_TEXT[0]}: {_PLAIN_TEXT[1]}\r\nConnection: close\r\n\r\n"
        await self._send((status_line + fields + text).encode())
        await self._linger()

    async def _answer(self, head: RequestHead) -> bool:
        """Has the request answered; whether the connection may serve another one."""
        whole = self._parser.whole_body() if head.body_length else None
        body = RequestBody(self, head) if head.body_length and whole is None else None
        request = Request(
            head.method,
            head.target,
            head.headers,
            peer=self._peer,
            is_tls=self._transport.fd < 0,
            http_version=head.http_version,
            source=body or whole or NO_BODY,
        )
        self._owes_answer = True
        response = await self._app(request)
        self._owes_answer = False
        if isinstance(response, Upgrade):
            key = accept_key(request)
            if key is not None:
                await self._open_channel(response, key)
                return False
            response = Response(400, [_PLAIN_TEXT, ("Sec-WebSocket-Version", "13")], b"not a WebSocket handshake\n")
        keep = head.keep_alive and not self._stopping and (body is None or body.may_drain())
        keep = await self._send_response(response, head, keep_alive=keep)
        if body is not None and not body.complete:
            if not keep:
                await self._linger()
            else:
                await body.drain()
        if keep:
            self.idle = not self._parser.has_input()
            self.deadline = trio.current_time() + (
                self._limits.idle_timeout if self.idle else self._limits.header_timeout
            )
        return keep

    async def _send_response(self, response: Response, head: RequestHead, *, keep_alive: bool) -> bool:
        """Sends the answer, its head and a short body in one go; whether the connection may be kept."""
        bodiless = head.method == "HEAD" or response.status in (204, 304)
        if not bodiless and head.http_version == "1.0" and response.content_length() is None:
            keep_alive = isinstance(response.body, bytes) and keep_alive
            response.show_length = True
        data, chunked = encode_head(response, version=head.http_version, keep_alive=keep_alive)
        body = response.body
        if isinstance(body, bytes):
            if body and not bodiless:
                data = encode_chunked(data, body) if chunked else data + body
            elif chunked and not bodiless:
                data += LAST_CHUNK
            await self._send(data)
            return keep_alive
        await self._send(data)
        pieces = _read_file(body) if isinstance(body, FileBody) else body
        try:
            if not bodiless:
                await self._send_pieces(pieces, response.content_length(), chunked=chunked)
        finally:
            if close := getattr(pieces, "aclose", None):
                await close()
        return keep_alive

    async def _send_pieces(self, pieces: AsyncIterator[bytes], length: int | None, *, chunked: bool) -> None:
        sent = 0
        async for piece in pieces:
            if piece:
                sent += len(piece)
                await self._send(encode_chunk(piece) if chunked else piece)
        if chunked:
            await self._send(LAST_CHUNK)
        elif length is not None and sent != length:
            raise ValueError(f"a body of {length} bytes was announced, {sent} came")

    async def _send(self, data: bytes) -> None:
        if not self._transport.try_write(data):
            self.deadline = trio.current_time() + self._limits.write_timeout
            await self._transport.flush()
            self.deadline = math.inf

    async def _linger(self) -> None:
        """Ends our side, then reads what the peer still sends, so that no reset destroys our last answer."""
        self._transport.end()
        self.deadline = trio.current_time() + LINGER_SECONDS
        passed = 0
        while passed < LINGER_BYTES and (data := await self._transport.read()):
            passed += len(data)

    async def _open_channel(self, upgrade: Upgrade, key: str) -> None:
        upgrade.headers += [*_UPGRADED, ("Sec-WebSocket-Accept", key)]
        await self._send(encode_head(upgrade, version="1.1", keep_alive=True)[0])
        received = self._parser.take_rest()
        del self._parser
        self.become_websocket(received, upgrade.handler)

    async def receive_body(self) -> bytes:
        """The next piece of the body of the request at hand. Raises Disconnected if it will not come whole."""
        try:
            while (piece := self._parser.next_body()) is None:
                data = await self._transport.read()
                if not data:
                    raise Disconnected
                self._parser.feed(data)
        except ProtocolError as error:
            raise Disconnected(str(error)) from error
        return piece

    def send_continue(self) -> None:
        """Tells a client that waits for it to send its body (RFC 9110, 10.1.1)."""
        self._transport.try_write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def body_deadline(self, started: float, received: int) -> None:
        """Sets how long the peer may take for the rest of a body of which `received` bytes are here."""
        limits = self._limits
        self.deadline = started + limits.read_timeout + received / limits.min_body_rate


class RequestBody(BodySource):
    """The body of the request a connection is at."""

    __slots__ = ("_connection", "_length", "_received", "_started", "_waited_for", "complete")

    def __init__(self, connection: Connection, head: RequestHead) -> None:
        self._connection = connection
        self._length = head.body_length
        self._received = 0
        self._started = 0.0
        self._waited_for = head.expects_continue
        self.complete = False

    async def receive(self) -> bytes:
        if self.complete:
            return b""
        connection = self._connection
        if self._waited_for:
            self._waited_for = False
            connection.send_continue()
        self._started = self._started or trio.current_time()
        connection.body_deadline(self._started, self._received)
        piece = await connection.receive_body()
        self._received += len(piece)
        self.complete = not piece or self._received == self._length
        connection.deadline = math.inf
        return piece

    def may_drain(self) -> bool:
        """Whether the unread rest is short enough, and sure to come, to be read away for the next request's sake."""
        return self.complete or (not self._waited_for and 0 <= self._length - self._received <= DRAIN_BYTES)

    async def drain(self) -> None:
        """Reads the rest away."""
        while await self.receive():
            pass


async def _read_file(part: FileBody) -> AsyncIterator[bytes]:
    async with await trio.open_file(part.path, "rb") as file:
        await file.seek(part.offset)
        left = part.length
        while left and (piece := await file.read(min(left, FILE_PIECE))):
            left -= len(piece)
            yield piece
