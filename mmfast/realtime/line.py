"""One client's line as the hub sees it: whom it stands for, where its socket is, and what its socket has not taken.

A line outlives its connection: cut off, it is parked, and the next connection of the same user may take it up. The
queue exists only while the socket is slow, so an idle line costs nothing but this object.
"""

from collections import deque
from typing import TYPE_CHECKING

from mmfast.hot import BROKEN, send_frame
from mmfast.wire.websocket import Closed, WebSocketChannel

if TYPE_CHECKING:
    from mmfast.features.identity.sessions.types import Session
    from mmfast.realtime.hub import Hub

QUEUE_FULL = 256
"""Frames that wait for a slow socket; the next one closes it. A client that far behind is quicker with a new start."""

QUEUE_BUSY = 128
"""From here on, events that a client can do without (typing, status, viewed) are not queued."""

WRITE_AT_ONCE = 256 << 10
"""Bytes joined for one write: enough to fill a socket's buffer."""


class Line:
    """A client's line. `row` is its row in `mmfast.hot.Lines`, -1 when the hub does not have it."""

    __slots__ = (
        "_draining",
        "_waiting",
        "asks_receipts",
        "channel",
        "connection_id",
        "fd",
        "hub",
        "is_admin",
        "is_guest",
        "is_open",
        "is_parked",
        "is_silenced",
        "parked_at",
        "row",
        "session",
        "user_id",
    )

    def __init__(self, hub: "Hub", channel: WebSocketChannel, session: "Session", connection_id: str) -> None:
        self.hub = hub
        self.channel = channel
        self.fd = channel.fd
        self.session = session
        self.user_id = session.user_id
        self.connection_id = connection_id
        self.row = -1
        self.is_admin = False
        self.is_guest = session.is_guest
        self.asks_receipts = False
        self.is_parked = False
        self.is_silenced = False
        self.parked_at = 0
        self.is_open = True
        """Whether there is a socket that may be written to."""
        self._waiting: deque[bytes] | None = None
        self._draining = False

    @property
    def waiting(self) -> int:
        """How many frames wait for the socket."""
        return len(self._waiting) if self._waiting is not None else 0

    @property
    def has_waiting(self) -> bool:
        """Whether bytes wait for the socket, perhaps the rest of a frame."""
        return self._waiting is not None

    def put(self, frame: bytes) -> None:
        """Takes the channel's own frames (pongs, its close frame) into the line's turn."""
        self.hub.write(self, frame)

    def dropped(self) -> None:
        """The channel closes its socket: the line waits for its client to come back."""
        self.hub.park(self)

    def cut(self) -> None:
        """Ends the connection at once; its task notices, and the client may come back for the line."""
        if self.is_open:
            self.hub.park(self)
            self.channel.drop()

    def stop(self) -> None:
        """The socket is about to be closed: nothing more may be written to it."""
        self.fd = -1
        self._waiting = None
        self.is_open = False

    def write(self, frames: bytes) -> int:
        """Writes what the socket takes at once, unless something waits already; gives the number of bytes."""
        if self._waiting is not None or not self.is_open:
            return 0
        if self.fd < 0:
            return len(frames) if self.channel.try_frames(frames) else 0
        sent = int(send_frame(self.fd, frames))
        if sent == BROKEN:
            self.cut()
            return len(frames)
        return sent

    def queue(self, rest: bytes) -> bool:
        """Keeps bytes for later. True if nobody is yet at work to send them."""
        if not self.is_open:
            return False
        if self._waiting is None:
            self._waiting = deque()
        if len(self._waiting) >= QUEUE_FULL:
            self.hub.counts.too_slow += 1
            self.cut()
            return False
        self._waiting.append(rest)
        if self._draining:
            return False
        self._draining = True
        return True

    def has_room(self, droppable: bool) -> bool:
        """Whether another event may wait. One that is needed and finds no room ends the connection."""
        waiting = len(self._waiting) if self._waiting is not None else 0
        if waiting < QUEUE_BUSY:
            return True
        if droppable:
            self.hub.counts.dropped += 1
            return False
        if waiting < QUEUE_FULL:
            return True
        self.hub.counts.too_slow += 1
        self.cut()
        return False

    async def drain(self) -> bool:
        """Sends what waits, several frames in one write. True when all is sent and the connection lives."""
        try:
            while self._waiting:
                if self.channel.fd >= 0:
                    await self.channel.wait_writable()
                    self._write_waiting()
                else:
                    await self.channel.send_frames(self._take())
        except Closed:
            return False
        finally:
            self._draining = False
        alive = self._waiting is not None
        self._waiting = None
        return alive

    def _take(self) -> bytes:
        """Joins what waits, up to a bound."""
        parts, size = [], 0
        while self._waiting and size < WRITE_AT_ONCE:
            parts.append(self._waiting.popleft())
            size += len(parts[-1])
        return b"".join(parts)

    def _write_waiting(self) -> None:
        data = self._take()
        if not data or self.fd < 0:
            return
        sent = int(send_frame(self.fd, data))
        if sent == BROKEN:
            self.cut()
        elif sent < len(data) and self._waiting is not None:
            self._waiting.appendleft(data[sent:])
