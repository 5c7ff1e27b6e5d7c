"""The bus between the workers of one machine: a Unix socket from each worker to each other one.

    run
     |- accept      one task for each worker that sends to us
     |- links       one task for each worker that we send to: connects, and sends what its socket did not take at once
     `- takeovers   open client sockets that another worker hands to us

A message is written to the sockets by the sender itself, without a task in between: once `send` has returned, it
reaches the others even if this process is killed. A worker that does not read is given up, told so when it is back,
and must then start anew with its clients.
"""

import logging
import select
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import trio

from mmfast.core.ids import new_id
from mmfast.platform.bus import BusListener

log = logging.getLogger(__name__)

HEADER = struct.Struct(">I")
WAITING_BYTES = 64 << 20
"""What may wait for one worker. At 1 KB an event it is a minute of a large machine's traffic; then it hangs."""

RETRY_SECONDS = 0.1
COMPANY_SECONDS = 3.0
"""How long a starting worker waits for the others to reach it; one that is not there will connect when it comes."""

READ_SIZE = 256 << 10
LONGEST = 64 << 20
TAKEOVER_BYTES = 64 << 10

TakeOver = Callable[[socket.socket, bytes], bool]
"""Goes on with a client's socket; False if it cannot."""


class _Link:
    """The way to one other worker."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sock: socket.socket | None = None
        self.waiting = bytearray()
        self.wake = trio.Event()

    def send(self, data: bytes) -> None:
        """Writes now what the socket takes, keeps the rest."""
        if self.sock is None:
            return
        sent = 0
        if not self.waiting:
            try:
                sent = self.sock.send(data)
            except BlockingIOError:
                pass
            except OSError:
                self.drop()
                return
        if sent < len(data):
            self.waiting += data[sent:]
            self.wake.set()
            if len(self.waiting) > WAITING_BYTES:
                log.error("the worker at %s does not read; it is given up", self.path)
                self.drop()

    def drop(self) -> None:
        """Gives the connection up; `run` makes a new one."""
        if self.sock is not None:
            trio.lowlevel.notify_closing(self.sock)
            self.sock.close()
            self.sock = None
        self.waiting.clear()
        self.wake.set()

    async def run(self, greeting: Callable[[], list[bytes]]) -> None:
        """Keeps the way open for ever."""
        while True:
            sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            sock.setblocking(False)
            try:
                sock.connect(str(self.path))
            except OSError:
                sock.close()
                await trio.sleep(RETRY_SECONDS)
                continue
            self.sock = sock
            for message in greeting():
                self.send(HEADER.pack(len(message)) + message)
            try:
                await self._flush(sock)
            finally:
                self.drop()

    async def _flush(self, sock: socket.socket) -> None:
        """Sends what waits whenever something does, and notices the peer's end. Returns when the connection is over."""
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._watch, sock, nursery.cancel_scope)
            while self.sock is sock:
                await self.wake.wait()
                self.wake = trio.Event()
                while self.sock is sock and self.waiting:
                    try:
                        await trio.lowlevel.wait_writable(sock)
                        del self.waiting[: sock.send(self.waiting)]
                    except (OSError, trio.ClosedResourceError):
                        self.drop()
            nursery.cancel_scope.cancel()

    async def _watch(self, sock: socket.socket, scope: trio.CancelScope) -> None:
        """The peer never sends on this socket: anything to read is its end."""
        if self.sock is sock:  # and not closed meanwhile
            with suppress(OSError, trio.ClosedResourceError):
                await trio.lowlevel.wait_readable(sock)
        if self.sock is sock:
            self.drop()
        scope.cancel()


class _Incoming:
    """What one worker sends to us."""

    def __init__(self, sock: socket.socket) -> None:
        self.sender = -1
        self.is_over = False
        self._sock = sock
        self._buffer = bytearray()

    def read(self) -> list[bytes]:
        """The messages that are complete by now. Never blocks."""
        try:
            data = self._sock.recv(READ_SIZE)
        except BlockingIOError:
            return []
        except OSError:
            data = b""
        if not data:
            self.is_over = True
        self._buffer += data
        return _take_messages(self._buffer)


class LocalBus:
    """See the module. `folder` is for the workers of one server alone; nobody else may enter it."""

    def __init__(self, folder: Path, worker: int, workers: int, listener: BusListener) -> None:
        self.worker = worker
        self._folder = folder
        self._listener = listener
        self._epoch = new_id().encode()
        self._links = {n: _Link(folder / f"worker-{n}") for n in range(workers) if n != worker}
        self._epochs: dict[int, bytes] = {}
        self._incoming: dict[int, _Incoming] = {}
        self._arrivals = select.epoll()
        self._here: set[int] = set()
        self._company = trio.Event()

    def send(self, message: bytes) -> None:
        """Sends to all other workers."""
        data = HEADER.pack(len(message)) + message
        for link in self._links.values():
            link.send(data)

    def hand_over(self, worker: int, sock: int, message: bytes) -> bool:
        """Gives an open client socket to another worker; False if that one cannot take it now."""
        if worker not in self._here or len(message) > TAKEOVER_BYTES:
            return False
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as to:
            to.setblocking(False)
            try:
                to.connect(str(self._folder / f"takeover-{worker}"))
                socket.send_fds(to, [message], [sock])
            except OSError:
                return False
        return True

    async def run(self, take_over: TakeOver, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Runs until cancelled. Started when the others have connected, or did not in time."""
        accepting = self._bind(f"worker-{self.worker}", socket.SOCK_STREAM)
        taking = self._bind(f"takeover-{self.worker}", socket.SOCK_DGRAM)
        with accepting, taking, self._arrivals:
            accepting.listen(len(self._links) + 1)
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._accept, accepting, nursery, name="bus accept")
                nursery.start_soon(self._take_over, taking, take_over, name="bus takeovers")
                for number, link in self._links.items():
                    nursery.start_soon(link.run, self._greeting, name=f"bus to worker {number}")
                with trio.move_on_after(COMPANY_SECONDS):
                    if self._links:
                        await self._company.wait()
                task_status.started()

    def _bind(self, name: str, kind: socket.SocketKind) -> socket.socket:
        path = self._folder / name
        path.unlink(missing_ok=True)
        sock = socket.socket(socket.AF_UNIX, kind)
        sock.setblocking(False)
        sock.bind(str(path))
        return sock

    def _greeting(self) -> list[bytes]:
        return [b"%d %s" % (self.worker, self._epoch), *self._listener.greeting()]

    async def _accept(self, accepting: socket.socket, nursery: trio.Nursery) -> None:
        while True:
            await trio.lowlevel.wait_readable(accepting)
            with suppress(BlockingIOError):
                sock, _ = accepting.accept()
                sock.setblocking(False)
                nursery.start_soon(self._receive, sock, name="bus receive")

    async def _receive(self, sock: socket.socket) -> None:
        """All messages of one worker, until it is gone."""
        incoming = _Incoming(sock)
        self._incoming[sock.fileno()] = incoming
        self._arrivals.register(sock, select.EPOLLIN)
        with sock:
            while not incoming.is_over:
                await trio.lowlevel.wait_readable(sock)
                self._read(incoming)
            del self._incoming[sock.fileno()]
            self._arrivals.unregister(sock)
        if incoming.sender >= 0:
            self._here.discard(incoming.sender)
            self._listener.lost(incoming.sender)

    def _read(self, incoming: "_Incoming") -> None:
        for message in incoming.read():
            if incoming.sender < 0:
                incoming.sender = self._welcome(message)
            else:
                self._listener.heard(incoming.sender, message)

    def catch_up(self) -> None:
        """Takes in what the others have sent until now, before a request is answered.

        A client that was answered by one worker may ask another one next; what the first has changed must then be
        known here, and which of its two sockets the scheduler looks at first is left to chance.
        """
        for fd, _ in self._arrivals.poll(0):
            if (incoming := self._incoming.get(fd)) is not None:
                self._read(incoming)

    def _welcome(self, message: bytes) -> int:
        number, _, epoch = message.partition(b" ")
        sender = int(number)
        if self._epochs.get(sender) == epoch:
            self._listener.missed()
        self._epochs[sender] = epoch
        self._here.add(sender)
        if len(self._here) == len(self._links):
            self._company.set()
        return sender

    async def _take_over(self, taking: socket.socket, take_over: TakeOver) -> None:
        while True:
            await trio.lowlevel.wait_readable(taking)
            try:
                message, fds, _, _ = socket.recv_fds(taking, TAKEOVER_BYTES, 1)
            except BlockingIOError:
                continue
            for fd in fds:
                sock = socket.socket(fileno=fd)
                if not take_over(sock, message):
                    sock.close()


def _take_messages(buffer: bytearray) -> list[bytes]:
    """The complete messages at the buffer's beginning, taken out of it."""
    messages = []
    at = 0
    while len(buffer) - at >= HEADER.size:
        (size,) = HEADER.unpack_from(buffer, at)
        if size > LONGEST:
            raise ValueError("a message on the bus is too long")
        end = at + HEADER.size + size
        if len(buffer) < end:
            break
        messages.append(bytes(buffer[at + HEADER.size : end]))
        at = end
    del buffer[:at]
    return messages
