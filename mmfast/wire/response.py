"""An answer as the application gives it, and its head as HTTP/1.1 bytes.

What is no content of the answer (its framing, `Connection`, the length) is decided here and in `mmfast.net`, never by
the application. JSON, errors and cookies belong to `mmfast.api`.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from http import HTTPStatus
from typing import TYPE_CHECKING

from mmfast.hot import write_head

if TYPE_CHECKING:
    from mmfast.wire.websocket import WebSocketChannel

REASONS = {status.value: status.phrase for status in HTTPStatus} | {413: "Request Entity Too Large"}
STATUS_LINES = {status: f"HTTP/1.1 {status} {reason}\r\n" for status, reason in REASONS.items()}


class FileBody:
    """A part of a file on disk, read while it is sent."""

    __slots__ = ("length", "offset", "path")

    def __init__(self, path: str, offset: int, length: int) -> None:
        self.path = path
        self.offset = offset
        self.length = length


Body = bytes | FileBody | AsyncIterator[bytes]


class Response:
    """One answer.

    `length` is the size of a streamed body where it is known. `show_length=False` sends even a known length chunked.
    """

    __slots__ = ("body", "headers", "length", "show_length", "status")

    def __init__(
        self,
        status: int = 200,
        headers: list[tuple[str, str]] | None = None,
        body: Body = b"",
        *,
        length: int | None = None,
    ) -> None:
        self.status = status
        self.headers = [] if headers is None else headers
        self.body = body
        self.length = length
        self.show_length = True

    def content_length(self) -> int | None:
        """The size of the body in bytes; None when only its end will tell, or when it shall not be shown."""
        if not self.show_length:
            return None
        if isinstance(self.body, bytes):
            return len(self.body)
        return self.body.length if isinstance(self.body, FileBody) else self.length


class Upgrade(Response):
    """The application accepts a WebSocket handshake: once it is complete, `handler` owns the channel until it returns.

    `headers` go into the 101 answer. The server closes the connection when the handler has returned.
    """

    __slots__ = ("handler",)

    def __init__(
        self,
        handler: "Callable[[WebSocketChannel], Awaitable[None]]",
        headers: list[tuple[str, str]] | None = None,
    ) -> None:
        super().__init__(101, headers)
        self.handler = handler


def encode_head(response: Response, *, version: str, keep_alive: bool) -> tuple[bytes, bool]:
    """The status line and header fields, and whether the body must follow in chunks.

    A body of unknown length is chunked for HTTP/1.1; HTTP/1.0 knows no chunks: there the end of the connection ends
    the body, and the caller must not keep it alive. Raises ValueError if a field contains a line break.
    """
    status = response.status
    start = STATUS_LINES.get(status) or f"HTTP/1.1 {status} status code {status}\r\n"
    if version == "1.0":
        start = start.replace("HTTP/1.1", "HTTP/1.0", 1)
    framing = ""
    chunked = False
    if status >= 200 and status != 204 and status != 304:
        length = response.content_length()
        if length is not None:
            framing = f"Content-Length: {length}\r\n"
        elif version == "1.1":
            framing = "Transfer-Encoding: chunked\r\n"
            chunked = True
    if not keep_alive:
        framing += "Connection: close\r\n" if version == "1.1" else ""
    elif version == "1.0":
        framing += "Connection: keep-alive\r\n"
    return write_head(start, response.headers, framing), chunked


def encode_chunk(data: bytes) -> bytes:
    """One chunk of a chunked body. `data` must not be empty: an empty chunk is the end."""
    return b"%x\r\n%b\r\n" % (len(data), data)


def encode_chunked(head: bytes, body: bytes) -> bytes:
    """A head and a whole body as a single chunk. In one piece: a page of posts would else be copied three times."""
    return b"%b%x\r\n%b\r\n%b" % (head, len(body), body, LAST_CHUNK)


LAST_CHUNK = b"0\r\n\r\n"
