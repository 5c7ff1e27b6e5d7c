"""The same application as ASGI, for Hypercorn's Trio worker: HTTP/2 and HTTP/3 beside our own HTTP/1.1 listener.

An adapter, no second server: requests, answers and WebSockets are the application's own. It costs several times the
CPU of `mmfast.net` per request, so it is an alternative for those who want Hypercorn's protocols, not the default.
"""

import ssl
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import trio
from hypercorn.config import Config
from hypercorn.trio import serve

from mmfast.hot import parse_header
from mmfast.wire.request import NO_BODY, Disconnected, Headers, Request
from mmfast.wire.response import FileBody, Response, Upgrade
from mmfast.wire.websocket import (
    ABNORMAL,
    CLOSE,
    MAX_MESSAGE_BYTES,
    NORMAL,
    SERVICE_RESTART,
    TEXT,
    TOO_BIG,
    Closed,
    FrameQueue,
    parse_close,
)

Application = Callable[[Request], Awaitable[Response]]
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

FILE_PIECE = 256 * 1024
# What HTTP/2 forbids in fields, or what the server behind ASGI writes itself (RFC 9113, 8.2.2).
_CONNECTION_FIELDS = {"connection", "transfer-encoding", "upgrade", "keep-alive", "content-length"}

_HANDSHAKE = {
    b"upgrade": b"websocket",
    b"sec-websocket-version": b"13",
    b"sec-websocket-key": b"AAAAAAAAAAAAAAAAAAAAAA==",
}


class AsgiApplication:
    """Our application in ASGI's clothes."""

    def __init__(self, app: Application) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one scope."""
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "websocket":
            await self._serve_websocket(scope, receive, send)
        else:
            await self._serve_request(scope, receive, send)

    async def _serve_request(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._app(_make_request(scope, _AsgiBody(receive)))
        if isinstance(response, Upgrade):  # a plain request to an address that only speaks WebSocket
            response = Response(400, [("Content-Type", "text/plain; charset=utf-8")], b"not a WebSocket handshake\n")
        await _send_response(send, response, "http.response", with_body=scope["method"] != "HEAD")

    async def _serve_websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()  # websocket.connect
        response = await self._app(_make_handshake(scope))
        if not isinstance(response, Upgrade):
            if "websocket.http.response" in scope.get("extensions", {}):
                await _send_response(send, response, "websocket.http.response", with_body=True)
            else:
                await send({"type": "websocket.close", "code": NORMAL})
            return
        await send({"type": "websocket.accept", "headers": _encode(response.headers)})
        channel = AsgiChannel(receive, send, _peer(scope))
        try:
            await response.handler(channel)
        finally:
            with trio.move_on_after(1, shield=True):
                await channel.close(SERVICE_RESTART if channel.cut_short else NORMAL)


class AsgiChannel:
    """A WebSocket behind an ASGI server. It has no `fd`: what would be frames goes as ASGI messages."""

    __slots__ = ("_closed", "_queue", "_receive", "_scope", "_send", "cut_short", "fd", "peer")

    def __init__(self, receive: Receive, send: Send, peer: str) -> None:
        self._receive = receive
        self._send = send
        self._queue: FrameQueue | None = None
        self._closed = False
        self._scope = trio.CancelScope()  # of `receive`, for `drop` to end
        self.cut_short = False
        self.fd = -1
        self.peer = peer

    async def receive(self) -> str | bytes:
        message: dict[str, Any] = {"type": "websocket.disconnect"}
        try:
            with self._scope:
                message = await self._receive()
        except trio.Cancelled:
            self.cut_short = True
            raise
        self._scope = trio.CancelScope()
        if message["type"] == "websocket.disconnect":
            self._closed = True
            raise Closed(message.get("code") or ABNORMAL)
        text: str | None = message.get("text")
        data = (message.get("bytes") or b"") if text is None else text
        if len(data if isinstance(data, bytes) else data.encode()) > MAX_MESSAGE_BYTES:
            await self.close(TOO_BIG, "message too long")
            raise Closed(TOO_BIG)
        return data

    async def send_text(self, data: bytes) -> None:
        if self._closed:
            raise Closed(NORMAL)
        await self._send({"type": "websocket.send", "text": data.decode()})

    async def send_frames(self, frames: bytes) -> None:
        at = 0
        while at < len(frames) and (header := parse_header(frames, at)) is not None:
            first, size, start, _ = header
            at = start + size
            payload = frames[start:at]
            if first & 0x0F == TEXT:
                await self.send_text(payload)
            elif first & 0x0F == CLOSE:
                await self.close(*parse_close(payload))

    def try_frames(self, frames: bytes) -> bool:
        return False  # every message must be awaited

    async def wait_writable(self) -> None:
        await trio.lowlevel.checkpoint()  # the server behind ASGI makes `send` wait instead

    async def close(self, code: int = NORMAL, reason: str = "") -> None:
        if not self._closed:
            self._closed = True
            await self._send({"type": "websocket.close", "code": code, "reason": reason})

    def attach(self, queue: FrameQueue) -> None:
        self._queue = queue  # pings and pongs are the server's behind ASGI: nothing of ours goes there

    def drop(self) -> None:
        if self._queue is not None:
            self._queue.dropped()
        self._scope.cancel()

    def take_received(self) -> bytes:
        return b""  # the server behind ASGI gives whole messages

    def put_back(self, received: bytes) -> None:
        """Nothing was taken."""


class _AsgiBody:
    """The body of an ASGI request."""

    __slots__ = ("_complete", "_receive")

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._complete = False

    async def receive(self) -> bytes:
        while not self._complete:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise Disconnected
            self._complete = not message.get("more_body", False)
            if body := bytes(message.get("body", b"")):
                return body
        return b""


async def _live(receive: Receive, send: Send) -> None:
    """Keeps the lifespan scope open until the end: Hypercorn's Trio worker fails to start if it returns at once."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        else:
            await send({"type": "lifespan.shutdown.complete"})
            return


def _make_request(scope: Scope, body: _AsgiBody | None) -> Request:
    target = scope.get("raw_path", b"").decode("utf-8", "replace").partition("?")[0] or scope["path"]
    if query := scope["query_string"]:
        target += "?" + query.decode("utf-8", "replace")
    pairs = [(bytes(name).lower(), bytes(value)) for name, value in scope["headers"]]
    return Request(
        scope.get("method", "GET"),
        target,
        Headers(pairs),
        peer=_peer(scope),
        is_tls=scope["scheme"] in ("https", "wss"),
        http_version=scope["http_version"],
        source=NO_BODY if body is None else body,
    )


def _make_handshake(scope: Scope) -> Request:
    """The request that opens a WebSocket, with the fields of HTTP/1.1's handshake: other versions have none of them.

    The server behind ASGI has checked the real handshake, and gives its own key in the answer.
    """
    request = _make_request(scope, None)
    fields = {name.encode(): value.encode() for name, value in request.headers.items()}
    request.headers = Headers(list((_HANDSHAKE | fields | {b"connection": b"Upgrade"}).items()))
    request.http_version = "1.1"
    return request


def _peer(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


def _encode(headers: list[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    return [
        (name.lower().encode(), value.encode()) for name, value in headers if name.lower() not in _CONNECTION_FIELDS
    ]


async def _send_response(send: Send, response: Response, kind: str, *, with_body: bool) -> None:
    headers = _encode(response.headers)
    length = response.content_length()
    if length is not None and response.status not in (204, 304):
        headers.append((b"content-length", b"%d" % length))
    await send({"type": f"{kind}.start", "status": response.status, "headers": headers})
    body = response.body
    if not with_body:
        body = b""
    if isinstance(body, bytes):
        await send({"type": f"{kind}.body", "body": body})
        return
    if isinstance(body, FileBody):
        await _send_file(send, body, kind)
    else:
        async for piece in body:
            await send({"type": f"{kind}.body", "body": piece, "more_body": True})
    await send({"type": f"{kind}.body", "body": b""})


async def _send_file(send: Send, part: FileBody, kind: str) -> None:
    async with await trio.open_file(part.path, "rb") as file:
        await file.seek(part.offset)
        left = part.length
        while left and (piece := await file.read(min(left, FILE_PIECE))):
            left -= len(piece)
            await send({"type": f"{kind}.body", "body": piece, "more_body": True})


async def serve_hypercorn(
    app: Application,
    bind: str,
    *,
    cert_file: str | Path | None = None,
    key_file: str | Path | None = None,
    quic_bind: str | None = None,
    task_status: trio.TaskStatus[list[str]] = trio.TASK_STATUS_IGNORED,
) -> None:
    """Serves the application by Hypercorn's Trio worker until cancelled; `quic_bind` adds HTTP/3 (needs TLS).

    Raises OSError or ssl.SSLError if the address or the certificate cannot be used.
    """
    config = Config()
    config.bind = [bind]
    config.quic_bind = [quic_bind] if quic_bind else []
    config.websocket_max_message_size = MAX_MESSAGE_BYTES
    config.include_server_header = False
    config.include_date_header = False
    if cert_file and key_file:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert_file, key_file)  # a clear error before any socket
        config.certfile, config.keyfile = str(cert_file), str(key_file)
    asgi: Any = AsgiApplication(app)
    await serve(asgi, config, task_status=task_status, mode="asgi")
