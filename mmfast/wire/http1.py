"""HTTP/1.1 requests from bytes, over httptools (llhttp).

A plain head is read in one pass by `mmfast.hot.read_head`, any other by llhttp. Where the head and the body end is
found here, so that pipelined requests come out one by one.
Its pure-Python twin with the same interface is `http1_h11`; `mmfast.wire.choice` picks.
"""

import httptools

from mmfast.hot import read_head
from mmfast.wire.chunked import ChunkedReader
from mmfast.wire.head import MAX_HEAD_BYTES, ProtocolError, RequestHead, is_method, make_head, refuse_head
from mmfast.wire.request import Headers

# llhttp refuses methods it does not know, where HTTP leaves that to the resource; those are read under another name.
_STAND_IN = b"POST"


class Http1Parser:
    """The requests of one connection: feed bytes, take a head, take its body to the end, take the next head."""

    __slots__ = ("_buffer", "_chunks", "_fresh", "_left", "_llhttp", "_max_head", "_pairs", "_scanned", "_target")

    def __init__(self, max_head_bytes: int = MAX_HEAD_BYTES) -> None:
        self._max_head = max_head_bytes
        self._fresh = b""  # what came last, while `_buffer` is empty
        self._buffer = bytearray()
        self._scanned = 0
        self._left = 0
        self._chunks: ChunkedReader | None = None
        self._llhttp: httptools.HttpRequestParser | None = None
        self._pairs: list[tuple[bytes, bytes]] = []
        self._target = b""

    def feed(self, data: bytes) -> None:
        """More bytes from the peer."""
        if self._buffer or self._fresh:
            self._settle()
            self._buffer += data
        else:
            self._fresh = data

    def _settle(self) -> None:
        if self._fresh:
            self._buffer += self._fresh
            self._fresh = b""

    def has_input(self) -> bool:
        """Whether bytes are waiting that no head or body has taken."""
        return bool(self._buffer or self._fresh)

    def next_head(self) -> RequestHead | None:
        """The next request's head; None when more bytes are needed. Raises ProtocolError."""
        if fresh := self._fresh:
            plain = read_head(fresh, self._max_head)
            if plain is not None:
                method, target, fields, self._left, size = plain
                self._fresh = fresh[size:]
                head = RequestHead(method, target, Headers.once(fields), "1.1")
                head.body_length = self._left
                return head
        self._settle()
        buffer = self._buffer
        while buffer and buffer[0] in b"\r\n":  # RFC 9112, 2.2: empty lines before a request line are passed over
            del buffer[0]
            self._scanned = 0
        if not buffer:
            return None
        end = buffer.find(b"\r\n\r\n", self._scanned)
        if end < 0 or end > self._max_head:
            self._refuse_endless(buffer)
            self._scanned = max(0, len(buffer) - 3)
            return None
        raw = bytes(buffer[: end + 4])
        del buffer[: end + 4]
        self._scanned = 0
        return self._make(raw)

    def _make(self, raw: bytes) -> RequestHead:
        head = self._parse(raw)
        self._left = head.body_length
        if self._left or not head.keep_alive:
            self._llhttp = None  # it waits for a body that it will not be shown, or for nothing more
            self._chunks = ChunkedReader() if self._left < 0 else None
        return head

    def next_body(self) -> bytes | None:
        """The next piece of the body; b"" at its end, None when more bytes are needed. Raises ProtocolError."""
        if not self._left:
            return b""
        self._settle()
        if self._chunks is not None:
            piece = self._chunks.take(self._buffer)
            if piece == b"":
                self._chunks, self._left = None, 0
            return piece
        if not self._buffer:
            return None
        piece = bytes(self._buffer[: self._left])
        del self._buffer[: len(piece)]
        self._left -= len(piece)
        return piece

    def whole_body(self) -> bytes | None:
        """The body of the request at hand if all of it has come already, instead of `next_body`."""
        if not 0 < self._left <= len(self._fresh):
            return None
        body, self._fresh = self._fresh[: self._left], self._fresh[self._left :]
        self._left = 0
        return body

    def take_rest(self) -> bytes:
        """What came after the last head, for the protocol that takes over the connection."""
        self._settle()
        rest = bytes(self._buffer)
        self._buffer.clear()
        return rest

    def on_url(self, target: bytes) -> None:
        self._target = target

    def on_header(self, name: bytes, value: bytes) -> None:
        self._pairs.append((name.lower(), value))

    def _refuse_endless(self, buffer: bytearray) -> None:
        if len(buffer) > self._max_head:
            raise ProtocolError(431)
        # Lines ended by a bare LF would never show the end searched for; llhttp refuses them as well.
        if buffer.find(b"\n\n", self._scanned) >= 0 or buffer.find(b"\n\r\n", self._scanned) >= 0:
            raise refuse_head(bytes(buffer.partition(b"\n")[0]))

    def _parse(self, raw: bytes) -> RequestHead:
        llhttp = self._llhttp
        if llhttp is None:
            llhttp = self._llhttp = httptools.HttpRequestParser(self)
        pairs: list[tuple[bytes, bytes]] = []
        self._pairs = pairs
        try:
            llhttp.feed_data(raw)
            method = llhttp.get_method().decode()
        except httptools.HttpParserUpgrade:
            method = llhttp.get_method().decode()
            self._llhttp = None
        except httptools.HttpParserInvalidMethodError:
            return self._parse_unknown_method(raw)
        except httptools.HttpParserError as error:
            if any(name == b"transfer-encoding" for name, _ in pairs):
                make_head("GET", self._target, pairs, "1.1")  # says which of the framing rules was broken
            raise refuse_head(raw.partition(b"\r\n")[0]) from error
        return make_head(method, self._target, pairs, llhttp.get_http_version())

    def _parse_unknown_method(self, raw: bytes) -> RequestHead:
        method, space, rest = raw.partition(b" ")
        if not space or not is_method(method) or method == _STAND_IN:
            raise refuse_head(raw.partition(b"\r\n")[0])
        self._llhttp = None
        head = self._parse(_STAND_IN + b" " + rest)
        self._llhttp = None
        head.method = method.decode("ascii")
        return head
