"""One event to many sockets.

The connections of a worker are rows ("lines") of parallel arrays; a recipient list is an array of row numbers. An
event's text is the same for all of them up to its last field, the connection's own sequence number, and up to the
places marked for the receiver's user id. `deliver` patches both in and writes the frame straight to the descriptor,
without blocking. What a socket does not take is reported, and only then does the connection's owner get any work.

Only a line that is DIRECT is written to. For every other one the caller decides (queue, drop, close).
"""

import socket
from array import array
from collections.abc import Sequence

IDLE, DIRECT, BLOCKED, PARKED = 0, 1, 2, 3
"""What a line's flag says: nobody there; may be written to; its owner has bytes waiting, or is no plain socket; the
client is cut off, and its events are only noted in the ring until it comes back."""

UNTOUCHED, BROKEN = -1, -2
"""In place of a number of bytes sent: the line was not DIRECT and has no new number; the socket reported an error."""

RING = 128
"""How many past events of each line can be found again, so that a cut connection can be taken up."""

ID = 26
"""The length of an id."""

TEXT = 0x81
"""The first byte of a complete text frame (RFC 6455, 5.2)."""


class Lines:
    """The rows. They are reused; `numbers` counts a line's events, `rings` holds the last RING events' numbers."""

    __slots__ = ("admins", "fds", "flags", "free", "ids", "numbers", "places", "rings")

    def __init__(self) -> None:
        self.fds = array("i")
        self.flags = bytearray()
        self.admins = bytearray()
        self.numbers = array("q")
        self.ids = bytearray()
        self.rings = array("i")
        self.places = array("i")
        self.free: list[int] = []

    def __len__(self) -> int:
        return len(self.fds)

    def take(self, fd: int, user_id: str) -> int:
        """A free row, now this connection's."""
        if self.free:
            line = self.free.pop()
        else:
            line = len(self.fds)
            self.fds.append(-1)
            self.flags.append(IDLE)
            self.admins.append(0)
            self.numbers.append(0)
            self.ids.extend(bytes(ID))
            self.rings.extend([0] * RING)
            self.places.extend([-1, -1, -1])
        self.fds[line] = fd
        self.flags[line] = DIRECT if fd >= 0 else BLOCKED
        self.admins[line] = 0
        self.numbers[line] = 0
        self.ids[line * ID : line * ID + ID] = user_id.encode().ljust(ID)[:ID]
        self.places[line * 3 : line * 3 + 3] = array("i", [-1, -1, -1])
        return line

    def give_back(self, line: int) -> None:
        """The connection is gone; must happen before its descriptor is closed, which may be reused at once."""
        self.fds[line] = -1
        self.flags[line] = IDLE
        self.free.append(line)


def text_frame(body: bytes) -> bytes:
    """The body as one unmasked text frame."""
    size = len(body)
    if size < 126:
        return bytes((TEXT, size)) + body
    if size < 1 << 16:
        return bytes((TEXT, 126)) + size.to_bytes(2, "big") + body
    return bytes((TEXT, 127)) + size.to_bytes(8, "big") + body


def deliver(
    lines: Lines, receivers: Sequence[int], text: bytes, marks: tuple[int, ...], event: int
) -> list[tuple[int, int]]:
    """Sends `text` + number + `}` as a text frame to each receiver; gives those that did not take it whole.

    `text` ends with `"seq":`. At each offset in `marks` 26 bytes are replaced by the receiver's user id. `event` is
    the number under which the caller keeps the text; it goes into the receiver's ring.
    """
    left: list[tuple[int, int]] = []
    for line in receivers:
        flag = lines.flags[line]
        if flag == BLOCKED:
            left.append((line, UNTOUCHED))
        if flag not in (DIRECT, PARKED):
            continue
        number = lines.numbers[line]
        lines.numbers[line] = number + 1
        lines.rings[line * RING + number % RING] = event
        if flag == PARKED:
            continue
        frame = text_frame(fill(text, marks, lines.ids[line * ID : line * ID + ID]) + b"%d}" % number)
        sent = send_frame(lines.fds[line], frame)
        if sent != len(frame):
            left.append((line, sent))
    return left


def fill(text: bytes, marks: tuple[int, ...], user_id: bytes | bytearray) -> bytes:
    """The text with the user's id at the marks."""
    if not marks:
        return text
    filled = bytearray(text)
    for mark in marks:
        filled[mark : mark + ID] = user_id
    return bytes(filled)


def send_frame(fd: int, frame: bytes) -> int:
    """Writes what the socket takes at once; gives the number of bytes, or BROKEN."""
    borrowed = socket.socket(socket.AF_INET, socket.SOCK_STREAM, 0, fileno=fd)
    try:
        return borrowed.send(frame, socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL)
    except BlockingIOError:
        return 0
    except OSError:
        return BROKEN
    finally:
        borrowed.detach()


def without(receivers: "array[int]", omitted: Sequence[int]) -> "array[int]":
    """The receivers less the omitted, in order."""
    gone = frozenset(omitted)
    return array("i", [line for line in receivers if line not in gone])


def of_admins(lines: Lines, receivers: "array[int]", wanted: bool) -> "array[int]":
    """Those that may manage the system, or those that may not: events that hold more for the former go out twice."""
    admins = lines.admins
    return array("i", [line for line in receivers if admins[line] == wanted])


def in_view(lines: Lines, receivers: "array[int]", channel: int) -> "array[int]":
    """Those that may have the channel on their screen.

    A line has three places: the channel, the thread beside it, the thread in the view of threads. Each holds a
    channel's number, or -1 while the client never told of it; as long as one is untold, everything may be in view.
    """
    places = lines.places
    seen = []
    for line in receivers:
        three = places[line * 3 : line * 3 + 3]
        if -1 in three or channel in three:
            seen.append(line)
    return array("i", seen)
