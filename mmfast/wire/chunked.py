"""The chunked transfer coding, read (RFC 9112, 7.1). Extensions and trailer fields are passed over.

llhttp reads it too, but does not tell where in its input a message ended, which pipelining needs.
"""

import re
from enum import Enum, auto

from mmfast.wire.head import ProtocolError

MAX_LINE = 4096  # a chunk's size line with its extensions
MAX_TRAILER = 16384  # all trailer fields together
_SIZE_LINE = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]*)?\Z")


class _State(Enum):
    SIZE = auto()
    DATA = auto()
    DATA_END = auto()
    TRAILER = auto()
    DONE = auto()


class ChunkedReader:
    """Takes the pieces of one chunked body out of a buffer."""

    __slots__ = ("_left", "_state", "_trailer")

    def __init__(self) -> None:
        self._state = _State.SIZE
        self._left = 0
        self._trailer = 0

    def take(self, buffer: bytearray) -> bytes | None:
        """The next piece, removed from `buffer`; b"" at the end of the body, None when more bytes are needed."""
        while self._state is not _State.DONE:
            if self._state is _State.DATA:
                if not buffer:
                    return None
                piece = bytes(buffer[: self._left])
                del buffer[: len(piece)]
                self._left -= len(piece)
                if not self._left:
                    self._state = _State.DATA_END
                return piece
            line = self._take_line(buffer)
            if line is None:
                return None
            self._advance(line)
        return b""

    def _take_line(self, buffer: bytearray) -> bytes | None:
        end = buffer.find(b"\r\n")
        if end < 0 or end > MAX_LINE:
            if len(buffer) > MAX_LINE or b"\n" in buffer:
                raise ProtocolError(400)
            return None
        line = bytes(buffer[:end])
        del buffer[: end + 2]
        return line

    def _advance(self, line: bytes) -> None:
        if self._state is _State.DATA_END:
            if line:
                raise ProtocolError(400)
            self._state = _State.SIZE
        elif self._state is _State.SIZE:
            match = _SIZE_LINE.match(line)
            if not match:
                raise ProtocolError(400)
            self._left = int(match[1], 16)
            self._state = _State.DATA if self._left else _State.TRAILER
        elif not line:
            self._state = _State.DONE
        else:
            self._trailer += len(line)
            if self._trailer > MAX_TRAILER:
                raise ProtocolError(400)
