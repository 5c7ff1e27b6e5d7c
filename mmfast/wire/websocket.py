"""WebSocket (RFC 6455) without I/O: the handshake, incoming messages with all their rules, and the channel's interface.

No extensions are negotiated: one encoded frame is shared by many receivers, which compression with context forbids.
Sending needs no state and is `mmfast.hot.build_frame`; who may write when is told by `WebSocketChannel`.
"""

import base64
import binascii
import codecs
import hashlib
from typing import NamedTuple, Protocol

from mmfast.hot import build_frame, parse_header, unmask
from mmfast.wire.request import Request

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
FINAL = 0x80  # with an opcode: the first byte of a frame that is a whole message, or the last of one

MAX_MESSAGE_BYTES = 8192  # the reference closes with 1009 above it
_KEY_SUFFIX = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_UNMASKED = -1
_utf8_decoder = codecs.getincrementaldecoder("utf-8")

NORMAL, GOING_AWAY, PROTOCOL_ERROR, INVALID_DATA = 1000, 1001, 1002, 1007
TOO_BIG, SERVICE_RESTART, NO_STATUS, ABNORMAL = 1009, 1012, 1005, 1006


class Closed(Exception):
    """The channel is closed, by either side. `code` is 1005 when the peer gave none, 1006 when it just went away."""

    def __init__(self, code: int, reason: str = "") -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


class FrameQueue(Protocol):
    """Where an attached channel puts frames of its own (pongs, pings, its close frame), to be sent in turn."""

    def put(self, frame: bytes) -> None:
        """Takes one whole frame. Never blocks, never raises."""

    def dropped(self) -> None:
        """The socket is about to be closed: from now on nothing may be written to `fd`."""


class WebSocketChannel(Protocol):
    """One open WebSocket.

    Who writes: until `attach`, only the channel does, through `send_text` and `close`. After `attach(queue)` the
    queue's owner is the only writer: it may send whole frames straight to `fd` without blocking, must itself finish a
    frame that the socket took in part (`wait_writable`, or `send_frames` where there is no `fd`), and sends the frames
    that the channel puts into the queue in turn with its own. `send_text` and `close` then go through the queue too.
    The socket stays open, and `fd` stays its number, until the handler has returned: forget `fd` before that.
    """

    fd: int
    """The socket's file descriptor where frames may be written to it as they are; else -1 (TLS, HTTP/2)."""
    peer: str

    async def receive(self) -> str | bytes:
        """The next whole message: text as str, binary as bytes. Pings are answered within. Raises Closed."""

    async def send_text(self, data: bytes) -> None:
        """Sends one text message, already UTF-8. Raises Closed."""

    async def send_frames(self, frames: bytes) -> None:
        """Sends whole encoded frames; with a queue attached, for its owner only. Raises Closed."""

    def try_frames(self, frames: bytes) -> bool:
        """Like `send_frames`, where there is no `fd`, but never waits: False, and nothing taken, if it must."""

    async def wait_writable(self) -> None:
        """Waits until `fd` takes bytes again. Raises Closed."""

    async def close(self, code: int = NORMAL, reason: str = "") -> None:
        """Starts the closing handshake. A handler that just returns drops the connection without one."""

    def attach(self, queue: FrameQueue) -> None:
        """Hands the right to write to the owner of `queue`."""

    def drop(self) -> None:
        """Closes the socket at once, without a handshake; `receive` then raises Closed."""

    def take_received(self) -> bytes:
        """What came and was not yet given out, where another process is to go on with the socket."""

    def put_back(self, received: bytes) -> None:
        """Undoes `take_received`, before anything else is read."""


class Control(NamedTuple):
    """A control frame: PING, PONG or CLOSE with its payload."""

    opcode: int
    payload: bytes


def accept_key(request: Request) -> str | None:
    """The Sec-WebSocket-Accept value of a handshake (RFC 6455, 4.2); None if the request is not a valid one."""
    headers = request.headers
    if request.method != "GET" or request.http_version != "1.1" or headers.get("upgrade").lower() != "websocket":
        return None
    if "upgrade" not in [option.strip() for option in headers.get("connection").lower().split(",")]:
        return None
    key = headers.get("sec-websocket-key")
    try:
        if headers.get("sec-websocket-version") != "13" or len(base64.b64decode(key, validate=True)) != 16:
            return None
    except binascii.Error:
        return None
    return base64.b64encode(hashlib.sha1(key.encode() + _KEY_SUFFIX).digest()).decode()


def parse_close(payload: bytes) -> tuple[int, str]:
    """The code and reason of a close frame, 1005 if it is empty. Raises Closed with the code of the violation."""
    if not payload:
        return NO_STATUS, ""
    code = int.from_bytes(payload[:2], "big") if len(payload) > 1 else 0
    # RFC 6455, 7.4: 1004-1006 and 1015 never travel; 1016-2999 are not defined.
    if not (1000 <= code < 1016 or 3000 <= code < 5000) or code in (1004, 1005, 1006, 1015):
        raise Closed(PROTOCOL_ERROR, "invalid close code")
    try:
        return code, payload[2:].decode()
    except UnicodeDecodeError:
        raise Closed(INVALID_DATA, "the close reason is not UTF-8") from None


def build_close(code: int, reason: str = "") -> bytes:
    """A close frame; the reason is cut to what a control frame holds, never inside a character."""
    text = reason.encode()[:123].decode("utf-8", "ignore").encode()
    return build_frame(FINAL | CLOSE, code.to_bytes(2, "big") + text)


def close_answer(payload: bytes) -> bytes:
    """The frame that answers the peer's close frame: its own code back, or the code of what was wrong with it."""
    try:
        code, _ = parse_close(payload)
    except Closed as violation:
        return build_close(violation.code, violation.reason)
    return b"\x88\x00" if code == NO_STATUS else build_close(code)


class MessageReader:
    """Incoming frames put together into messages. Raises Closed with the code to close with on any violation."""

    __slots__ = ("_buffer", "_decoder", "_key", "_left", "_max", "_opcode", "_parts", "_size", "_whole")

    def __init__(self, max_bytes: int = MAX_MESSAGE_BYTES) -> None:
        self._max = max_bytes
        self._buffer = bytearray()
        self._opcode = 0  # of the message under way: TEXT, BINARY, or 0 for none
        self._whole = True  # whether the frame under way is the last of its message
        self._left = -1  # payload bytes of the frame under way still to come; -1 between frames
        self._key = 0
        self._size = 0
        self._parts: list[bytes] = []
        self._decoder: codecs.IncrementalDecoder | None = None

    def feed(self, data: bytes) -> None:
        """More bytes from the peer."""
        self._buffer += data

    def take_rest(self) -> bytes:
        """The bytes fed and not yet read, taken away."""
        rest = bytes(self._buffer)
        self._buffer.clear()
        return rest

    def next_event(self) -> str | bytes | Control | None:
        """The next message or control frame; None when more bytes are needed."""
        while True:
            if self._left < 0:
                event = self._begin_frame()
                if event is not None or self._left < 0:
                    return event
            if not self._take_payload():
                return None
            if self._whole:
                return self._end_message()

    def _begin_frame(self) -> str | bytes | Control | None:
        """Reads a header, and the whole frame if it is a control frame or a short message. Else sets `_left`."""
        buffer = self._buffer
        try:
            header = parse_header(buffer, 0)
        except ValueError as error:
            raise Closed(PROTOCOL_ERROR, str(error)) from None
        if header is None:
            # What is wrong already need not wait for the rest of the header (RFC 6455, 7.1.7).
            if buffer:
                self._check_first_bytes(buffer[0], masked=len(buffer) < 2 or buffer[1] > 127)
            return None
        first, length, start, key = header
        self._check_first_bytes(first, masked=key != _UNMASKED)
        opcode = first & 0x0F
        end = start + length
        if opcode >= CLOSE:
            if length > 125:
                raise Closed(PROTOCOL_ERROR, "control frame too long")
            if len(buffer) < end:
                return None
            payload = unmask(buffer, start, end, key)
            del buffer[:end]
            return Control(opcode, payload)
        if self._size + length > self._max:
            raise Closed(TOO_BIG, "message too long")
        self._whole = first >= FINAL
        if self._whole and opcode and len(buffer) >= end:  # the common case: one frame, all here
            payload = unmask(buffer, start, end, key)
            del buffer[:end]
            return payload if opcode == BINARY else _decode(payload)
        del buffer[:start]
        self._key, self._left = key, length
        self._size += length
        if opcode:
            self._opcode = opcode
            self._decoder = _utf8_decoder() if opcode == TEXT else None
        return None

    def _check_first_bytes(self, first: int, *, masked: bool) -> None:
        opcode = first & 0x0F
        if first & 0x70:
            raise Closed(PROTOCOL_ERROR, "reserved bits are set")
        if opcode not in (CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG):
            raise Closed(PROTOCOL_ERROR, "unknown opcode")
        if opcode >= CLOSE and first < 128:
            raise Closed(PROTOCOL_ERROR, "fragmented control frame")
        if opcode < CLOSE and (opcode == CONTINUATION) != bool(self._opcode):
            raise Closed(PROTOCOL_ERROR, "continuation out of order")
        if not masked:
            raise Closed(PROTOCOL_ERROR, "frame without mask")

    def _take_payload(self) -> bool:
        """Moves what has come of the frame's payload into the message; whether the frame is complete."""
        piece = unmask(self._buffer, 0, min(self._left, len(self._buffer)), self._key)
        del self._buffer[: len(piece)]
        self._left -= len(piece)
        turn = 8 * (len(piece) & 3)  # the rest goes on with the next byte of the key
        self._key = (self._key << turn | self._key >> (32 - turn)) & 0xFFFFFFFF
        complete = not self._left
        if self._decoder is not None:
            try:  # at once, so that bad UTF-8 is refused before the message is complete
                self._decoder.decode(piece, final=complete and self._whole)
            except UnicodeDecodeError:
                raise Closed(INVALID_DATA, "text is not UTF-8") from None
        self._parts.append(piece)
        if complete:
            self._left = -1
        return complete

    def _end_message(self) -> str | bytes:
        payload = b"".join(self._parts)
        opcode = self._opcode
        self._opcode, self._size, self._decoder = 0, 0, None
        self._parts.clear()
        return payload if opcode == BINARY else _decode(payload)


def _decode(payload: bytes) -> str:
    try:
        return payload.decode()
    except UnicodeDecodeError:
        raise Closed(INVALID_DATA, "text is not UTF-8") from None
