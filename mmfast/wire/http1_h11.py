"""The pure-Python twin of `http1` over h11: slower by an order, independent, and the yardstick of its tests.

One h11 connection per request: answers are built by `response`, so that h11's own state never sees one.
"""

import h11

from mmfast.wire.head import MAX_HEAD_BYTES, ProtocolError, RequestHead, make_head, refuse_head


class Http1Parser:
    """The requests of one connection: feed bytes, take a head, take its body to the end, take the next head."""

    __slots__ = ("_fed", "_h11", "_in_body", "_max_head", "_seen")

    def __init__(self, max_head_bytes: int = MAX_HEAD_BYTES) -> None:
        self._max_head = max_head_bytes
        self._seen = b""
        self._fed = 0  # bytes of the message at hand given to h11
        self._in_body = False
        self._h11 = h11.Connection(h11.SERVER, max_incomplete_event_size=max_head_bytes)

    def feed(self, data: bytes) -> None:
        """More bytes from the peer."""
        if not self._in_body and b"\n" not in self._seen:
            self._seen = (self._seen + data).lstrip(b"\r\n")[:4096]
        if data:  # h11 reads empty input as the end of the connection
            self._fed += len(data)
            self._h11.receive_data(data)

    def has_input(self) -> bool:
        """Whether bytes are waiting that no head or body has taken."""
        return bool(self._h11.trailing_data[0])

    def next_head(self) -> RequestHead | None:
        """The next request's head; None when more bytes are needed. Raises ProtocolError."""
        if self._in_body:
            self._start_over()
        waiting = self._h11.trailing_data[0]
        if waiting[:1] in (b"\r", b"\n") and waiting.strip(b"\r\n") != waiting:
            self._h11 = h11.Connection(h11.SERVER, max_incomplete_event_size=self._max_head)
            self._fed = 0
            self.feed(waiting.lstrip(b"\r\n"))
        try:
            event = self._h11.next_event()
        except h11.RemoteProtocolError as error:
            if error.error_status_hint in (431, 501):
                detail = "unsupported transfer encoding" if error.error_status_hint == 501 else ""
                raise ProtocolError(error.error_status_hint, detail) from error
            if str(error).startswith("Missing mandatory Host"):
                raise ProtocolError(400, "missing required Host header") from error
            raise refuse_head(self._seen.partition(b"\n")[0]) from error
        if not isinstance(event, h11.Request):
            return None
        if self._fed - len(self._h11.trailing_data[0]) > self._max_head + 4:
            raise ProtocolError(431)
        pairs = [(bytes(name), bytes(value)) for name, value in event.headers]
        self._in_body = True
        return make_head(event.method.decode("ascii"), event.target, pairs, event.http_version.decode("ascii"))

    def next_body(self) -> bytes | None:
        """The next piece of the body; b"" at its end, None when more bytes are needed. Raises ProtocolError."""
        try:
            event = self._h11.next_event()
        except h11.RemoteProtocolError as error:
            raise ProtocolError(400) from error
        if isinstance(event, h11.Data):
            return bytes(event.data) or self.next_body()
        return None if event is h11.NEED_DATA else b""

    def whole_body(self) -> bytes | None:
        """The body if all of it has come already; h11 does not tell, so that it is read piece by piece."""
        return None

    def take_rest(self) -> bytes:
        """What came after the last head, for the protocol that takes over the connection."""
        rest = self._h11.trailing_data[0]
        self._start_over(keep=False)
        return rest

    def _start_over(self, *, keep: bool = True) -> None:
        rest = self._h11.trailing_data[0] if keep else b""
        self._h11 = h11.Connection(h11.SERVER, max_incomplete_event_size=self._max_head)
        self._in_body = False
        self._seen = b""
        self._fed = 0
        self.feed(rest)
