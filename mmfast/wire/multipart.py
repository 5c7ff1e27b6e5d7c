"""multipart/form-data read as it streams (RFC 7578, RFC 2046): bytes in, parts out, nothing kept but a line.

Where the data of a part goes, and what its name means, is the caller's business.
"""

import re
from typing import NamedTuple

MAX_PARTS = 1000
MAX_PART_HEAD = 16 * 1024
MAX_PADDING = 256  # white space after a boundary (RFC 2046 allows it)
_PARAMETER = re.compile(r';\s*([\w!#$%&\'*+\-.^`|~]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^\s;"]*)')


class MultipartError(ValueError):
    """The body is not well-formed multipart, or exceeds a limit."""


class PartBegin(NamedTuple):
    """A part begins. `filename` is None for a plain field, else its last path segment only."""

    headers: dict[str, str]
    name: str
    filename: str | None


class PartData(NamedTuple):
    """A piece of the part's content, in order; a part may have none."""

    data: bytes


class PartEnd(NamedTuple):
    """The part is complete."""


Event = PartBegin | PartData | PartEnd


def get_boundary(content_type: str) -> bytes:
    """The boundary of a Content-Type field. Raises MultipartError if it names none or another type."""
    kind, _, _ = content_type.partition(";")
    boundary = _parameters(content_type).get("boundary", "")
    if kind.strip().lower() != "multipart/form-data" or not 0 < len(boundary) <= 70 or not boundary.isascii():
        raise MultipartError("not multipart/form-data with a boundary")
    return boundary.encode("ascii")


class MultipartParser:
    """Feed bytes and take the events they complete; `finished` tells whether the last boundary came."""

    __slots__ = ("_buffer", "_delimiter", "_in_part", "_max_parts", "_parts", "_started", "finished")

    def __init__(self, boundary: bytes, max_parts: int = MAX_PARTS) -> None:
        self._delimiter = b"\r\n--" + boundary
        # The first boundary may stand at the very beginning: as if a line had ended before it.
        self._buffer = bytearray(b"\r\n")
        self._max_parts = max_parts
        self._parts = 0
        self._started = False  # whether the first boundary has come; what is before it is passed over
        self._in_part = False  # whether a part's header has come and its data has not ended
        self.finished = False

    def feed(self, data: bytes) -> list[Event]:
        """The events that these bytes complete. Raises MultipartError."""
        if self.finished:
            return []  # an epilogue means nothing (RFC 2046, 5.1.1)
        self._buffer += data
        events: list[Event] = []
        while not self.finished and self._advance(events):
            pass
        return events

    def _advance(self, events: list[Event]) -> bool:
        """Takes one step; False when more bytes are needed."""
        if self._started and not self._in_part:
            return self._take_head(events)
        buffer, delimiter = self._buffer, self._delimiter
        at = buffer.find(delimiter)
        if at < 0:
            # All but what may be the beginning of a boundary is data.
            self._take_data(len(buffer) - len(delimiter) + 1, events)
            return False
        self._take_data(at, events)
        return self._take_boundary(events)

    def _take_data(self, size: int, events: list[Event]) -> None:
        if size > 0:
            if self._in_part:
                events.append(PartData(bytes(self._buffer[:size])))
            del self._buffer[:size]

    def _take_boundary(self, events: list[Event]) -> bool:
        """The delimiter is at the start of the buffer: what follows says whether it is one, and whether the last."""
        size = len(self._delimiter)
        after = bytes(self._buffer[size : size + MAX_PADDING])
        padding = after.lstrip(b" \t")
        last = after.startswith(b"--")
        if not last and not padding.startswith(b"\r\n"):
            if len(after) < MAX_PADDING and (padding in (b"", b"\r") or after == b"-"):
                return False
            self._take_data(size, events)  # only begins like the boundary: data
            return True
        if self._in_part:
            events.append(PartEnd())
        self._started, self._in_part, self.finished = True, False, last
        del self._buffer[: size + len(after) - len(padding)]  # the line end stays: it begins the head
        return not last

    def _take_head(self, events: list[Event]) -> bool:
        buffer = self._buffer
        end = buffer.find(b"\r\n\r\n")
        if end < 0 or end > MAX_PART_HEAD:
            if len(buffer) > MAX_PART_HEAD:
                raise MultipartError("the header of a part is too long")
            return False
        self._parts += 1
        if self._parts > self._max_parts:
            raise MultipartError("too many parts")
        text = bytes(buffer[:end]).decode("utf-8", "replace")
        del buffer[: end + 4]
        events.append(_begin(text))
        self._in_part = True
        return True


def _begin(text: str) -> PartBegin:
    headers: dict[str, str] = {}
    for line in text.split("\r\n"):
        if line:
            name, found, value = line.partition(":")
            if not found:
                raise MultipartError("a part's header has a line without a colon")
            headers[name.strip().lower()] = value.strip()
    disposition = headers.get("content-disposition", "")
    if disposition.partition(";")[0].strip().lower() != "form-data":
        raise MultipartError("a part that is no form-data")
    parameters = _parameters(disposition)
    filename = parameters.get("filename")
    if filename is not None:
        filename = filename.replace("\\", "/").rpartition("/")[2]
    return PartBegin(headers, parameters.get("name", ""), filename)


def _parameters(field: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _PARAMETER.finditer(field):
        value = match[2]
        if value.startswith('"'):
            value = re.sub(r'\\(["\\])', r"\1", value[1:-1])
        found.setdefault(match[1].lower(), value)
    return found
