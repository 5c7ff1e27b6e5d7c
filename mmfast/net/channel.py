"""A WebSocket over one of our own transports. The rules of the protocol are `mmfast.wire.websocket`'s."""

from contextlib import suppress

import trio

from mmfast.hot import build_frame
from mmfast.net.transport import PlainTransport, Transport
from mmfast.wire.websocket import (
    ABNORMAL,
    CLOSE,
    FINAL,
    NORMAL,
    PING,
    PONG,
    TEXT,
    Closed,
    Control,
    FrameQueue,
    MessageReader,
    build_close,
    close_answer,
    parse_close,
)

_PING_FRAME = build_frame(FINAL | PING, b"")


class SocketChannel:
    """See `WebSocketChannel` for who may write when. Writes of its own never wait for a slow peer but `send_text`."""

    __slots__ = ("_close_sent", "_queue", "_reader", "_transport", "fd", "last_heard", "next_ping", "peer")

    def __init__(self, transport: Transport, peer: str, received: bytes, max_message_bytes: int) -> None:
        self._transport = transport
        self._reader = MessageReader(max_message_bytes)
        self._reader.feed(received)
        self._queue: FrameQueue | None = None
        self._close_sent = False
        self.fd = transport.fd
        self.peer = peer
        self.last_heard = trio.current_time()
        self.next_ping = 0.0

    @property
    def close_sent(self) -> bool:
        """Whether a closing handshake was begun or answered by us."""
        return self._close_sent

    async def receive(self) -> str | bytes:
        while True:
            try:
                event = self._reader.next_event()
            except Closed as violation:
                self._send_close(build_close(violation.code, violation.reason))
                raise
            if event is None:
                try:
                    data = await self._transport.read()
                except (trio.BrokenResourceError, trio.ClosedResourceError):
                    data = b""
                if not data:
                    raise Closed(ABNORMAL)
                self.last_heard = trio.current_time()
                self._reader.feed(data)
            elif not isinstance(event, Control):
                return event
            elif event.opcode == CLOSE:
                self._send_close(close_answer(event.payload))
                raise Closed(*parse_close(event.payload))
            elif event.opcode == PING and not self._close_sent:
                self._write(build_frame(FINAL | PONG, event.payload))

    async def send_text(self, data: bytes) -> None:
        if self._close_sent:
            raise Closed(NORMAL)
        self._write(build_frame(FINAL | TEXT, data))
        if self._queue is None:
            await self._flush()

    async def send_frames(self, frames: bytes) -> None:
        try:
            sent = self._transport.try_write(frames)
        except trio.BrokenResourceError:
            raise Closed(ABNORMAL) from None
        if not sent:
            await self._flush()

    def try_frames(self, frames: bytes) -> bool:
        if self._transport.has_pending:
            return False
        with suppress(trio.BrokenResourceError):  # the reader learns it, too, and ends the channel
            self._transport.try_write(frames)
        return True

    async def _flush(self) -> None:
        try:
            await self._transport.flush()
        except (trio.BrokenResourceError, trio.ClosedResourceError):
            raise Closed(ABNORMAL) from None

    async def wait_writable(self) -> None:
        try:
            await self._transport.wait_writable()
        except (trio.BrokenResourceError, trio.ClosedResourceError):
            raise Closed(ABNORMAL) from None

    async def close(self, code: int = NORMAL, reason: str = "") -> None:
        self.close_now(code, reason)

    def close_now(self, code: int, reason: str) -> None:
        """Starts the closing handshake without a checkpoint."""
        self._send_close(build_close(code, reason))

    def attach(self, queue: FrameQueue) -> None:
        if isinstance(self._transport, PlainTransport) and (pending := self._transport.take_pending()):
            queue.put(pending)
        self._queue = queue

    def hang_up(self, code: int, reason: str) -> None:
        """Tells the peer why, if it can be told at once, and closes the socket."""
        if not self._close_sent:
            self.close_now(code, reason)
        self.drop()

    def drop(self) -> None:
        if self._queue is not None:
            self._queue.dropped()
        self._transport.close()

    def release(self) -> None:
        """The socket is closed: forgets the queue. The two refer to each other: Python would have to search."""
        self._queue = None

    def take_received(self) -> bytes:
        """What came and was not yet given out, where another process is to go on with the socket.

        Only between messages: the part of a message that is already put together stays here.
        """
        return self._reader.take_rest()

    def put_back(self, received: bytes) -> None:
        """Undoes `take_received`, before anything else is read."""
        self._reader.feed(received)

    def beat(self, now: float, interval: float) -> None:
        """Pings the peer when it is time to; called by the listener's clock."""
        if now >= self.next_ping:
            if self.next_ping and not self._close_sent:
                self._write(_PING_FRAME)
            self.next_ping = now + interval

    def _send_close(self, frame: bytes) -> None:
        if not self._close_sent:
            self._write(frame)
            self._close_sent = True

    def _write(self, frame: bytes) -> None:
        if self._queue is not None:
            self._queue.put(frame)
            return
        with suppress(trio.BrokenResourceError):  # the reader learns it, too, and ends the channel
            self._transport.try_write(frame)
