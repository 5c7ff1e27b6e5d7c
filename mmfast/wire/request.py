"""A request as the application sees it, whichever protocol or server carried it.

Headers stay the bytes that came until somebody asks for one. This is no place for sessions, routing or decoding of
bodies: see `mmfast.api`.
"""

from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from typing import Protocol


class BodyTooLarge(Exception):
    """The body exceeds what the reader was ready to take."""


class Disconnected(Exception):
    """The peer went away before its request was complete."""


class BodySource(Protocol):
    """Where a request's body comes from."""

    async def receive(self) -> bytes:
        """The next piece of the body; b"" once it is complete. Raises Disconnected."""


class NoBody:
    """The source of a request that has no body."""

    __slots__ = ()

    async def receive(self) -> bytes:
        return b""


NO_BODY = NoBody()


class Headers(Mapping[str, str]):
    """Header fields by lower-case name. A field sent twice reads as its first value; `get_all` gives every one."""

    __slots__ = ("_first", "_pairs")

    def __init__(self, pairs: Sequence[tuple[bytes, bytes]] = ()) -> None:
        """`pairs`: in the order sent, names already in lower case."""
        self._pairs: Collection[tuple[bytes, bytes]] = pairs
        first = dict(pairs)
        self._first = first if len(first) == len(pairs) else dict(pairs[::-1])

    @classmethod
    def once(cls, fields: dict[bytes, bytes]) -> "Headers":
        """Of fields that were each sent once, in order."""
        headers = cls.__new__(cls)
        headers._pairs = fields.items()
        headers._first = fields
        return headers

    def __getitem__(self, name: str) -> str:
        return self._first[name.encode("latin-1")].decode("latin-1")

    def get(self, name: str, default: str = "") -> str:  # type: ignore[override]  # "" reads like an absent field
        value = self._first.get(name.encode("latin-1"))
        return default if value is None else value.decode("latin-1")

    def get_all(self, name: str) -> list[str]:
        wanted = name.encode("latin-1")
        if len(self._first) == len(self._pairs):
            value = self._first.get(wanted)
            return [] if value is None else [value.decode("latin-1")]
        return [value.decode("latin-1") for key, value in self._pairs if key == wanted]

    def first_bytes(self) -> dict[bytes, bytes]:
        """The first value of each field as it came, for the protocol's own rules."""
        return self._first

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.encode("latin-1") in self._first

    def __iter__(self) -> Iterator[str]:
        return (name.decode("latin-1") for name in self._first)

    def __len__(self) -> int:
        return len(self._first)

    def pairs(self) -> list[tuple[str, str]]:
        """Every field in the order sent, repeated ones included."""
        return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in self._pairs]


class Request:
    """One request. `path` and `query` are raw: still percent-encoded, as they came."""

    __slots__ = (
        "_body",
        "_source",
        "headers",
        "http_version",
        "is_tls",
        "method",
        "path",
        "peer",
        "query",
        "target",
    )

    def __init__(
        self,
        method: str,
        target: str,
        headers: Headers,
        *,
        peer: str = "",
        is_tls: bool = False,
        http_version: str = "1.1",
        source: BodySource | bytes = NO_BODY,
    ) -> None:
        """`source` gives the body, or is the body where it is here already."""
        self.method = method
        self.target = target
        self.path, _, self.query = target.partition("?")
        self.headers = headers
        self.http_version = http_version
        self.peer = peer
        self.is_tls = is_tls
        self._source: BodySource = NO_BODY
        self._body: bytes | None = None
        if isinstance(source, bytes):
            self._body = source
        else:
            self._source = source

    async def body(self, limit: int) -> bytes:
        """The whole body, read once and kept. Raises BodyTooLarge when it exceeds `limit` bytes, Disconnected."""
        if self._body is not None:
            if len(self._body) > limit:
                raise BodyTooLarge
            return self._body
        if self._source is NO_BODY:
            return b""
        announced = self.headers.get("content-length")
        if announced.isdecimal() and int(announced) > limit:
            raise BodyTooLarge
        pieces: list[bytes] = []
        size = 0
        while piece := await self._source.receive():
            size += len(piece)
            if size > limit:
                raise BodyTooLarge
            pieces.append(piece)
        self._body = pieces[0] if len(pieces) == 1 else b"".join(pieces)
        return self._body

    async def stream(self) -> AsyncIterator[bytes]:
        """The body in pieces as they arrive, for bodies too large to hold. Raises Disconnected."""
        if self._body is not None:
            if self._body:
                yield self._body
            return
        while piece := await self._source.receive():
            yield piece
