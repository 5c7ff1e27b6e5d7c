"""Starts the workers, starts again those that die, and passes orders on. It serves nothing itself.

The parent binds the sockets, one for each worker, and keeps them: while a worker is away, clients wait in its socket's
queue and nobody is refused. A worker learns who it is from the environment (`WorkerPlace`), tells its parent through a
socket that it is ready, and ends when that socket's other end, and with it the parent, is gone.

Orders: SIGTERM and SIGINT stop all workers, SIGHUP has them read the configuration again, SIGUSR2 replaces them one
after the other, so that a new version of the program takes over without a refused connection.
"""

import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable

import msgspec
import trio

from mmfast.core.startup import StartupError

log = logging.getLogger(__name__)

VARIABLE = "MMFAST_WORKER"

STOP_SECONDS = 30.0
"""How long a worker may take to stop before it is killed; its own deadline for requests is shorter."""

STEADY_SECONDS = 5.0
"""A worker that lives less long than this is not started again at once."""

RESTART_PAUSE = 1.0
READY = b"1"


class WorkerPlace(msgspec.Struct):
    """What a worker is told at its start."""

    number: int
    workers: int
    sockets: list[int]
    """Descriptors of the bound sockets."""
    folder: str
    """Where the workers' own sockets are."""
    dsn: str
    """The database, ready for use."""
    local_socket: int = -1
    """The descriptor of the local mode's socket, for the one worker that serves it."""
    parent: int = -1
    """The descriptor of the socket to the parent."""

    @property
    def descriptors(self) -> list[int]:
        """All sockets that it inherits."""
        return self.sockets if self.local_socket < 0 else [*self.sockets, self.local_socket]

    def tell_ready(self) -> None:
        """Tells the parent that this worker serves."""
        os.write(self.parent, READY)

    async def wait_for_orphanhood(self) -> None:
        """Returns when the parent is gone."""
        with socket.socket(fileno=os.dup(self.parent)) as end:
            await trio.lowlevel.wait_readable(end)


def find_place() -> WorkerPlace | None:
    """This process's place among the workers; None if it is not one of several."""
    text = os.environ.pop(VARIABLE, "")
    return msgspec.json.decode(text, type=WorkerPlace) if text else None


class WorkerFailed(StartupError):
    """A worker could not start; it has said why."""


class _Worker:
    """One of the processes."""

    def __init__(self, place: WorkerPlace) -> None:
        self._place = place
        self._process: trio.Process | None = None
        self._parent_end: socket.socket | None = None
        self._started_at = 0.0
        self._stopping = False
        self._replacing = False
        self._started = trio.Event()

    async def start(self) -> None:
        """Starts the process, by the command that started this one, and waits until it serves. Raises WorkerFailed."""
        ours, theirs = socket.socketpair()
        place = msgspec.structs.replace(self._place, parent=theirs.fileno())
        with theirs:
            self._process = await trio.lowlevel.open_process(
                [sys.executable, *sys.orig_argv[1:]],
                env={**os.environ, VARIABLE: msgspec.json.encode(place).decode()},
                pass_fds=[*place.descriptors, theirs.fileno()],
                stdin=subprocess.DEVNULL,
            )
        if self._parent_end is not None:
            self._parent_end.close()
        self._parent_end = ours
        self._started_at = trio.current_time()
        ours.setblocking(False)
        await trio.lowlevel.wait_readable(ours)
        if ours.recv(1) != READY:
            status = await self._process.wait()
            raise WorkerFailed(f"worker {place.number} could not start (status {status})")
        self._started.set()

    async def keep_running(self) -> None:
        """Starts the process again whenever it has ended, until told to stop."""
        while True:
            assert self._process is not None
            status = await self._process.wait()
            if self._stopping:
                return
            lived = trio.current_time() - self._started_at
            if not self._replacing:
                log.warning("worker %d ended with status %d; it is started again", self._place.number, status)
                if lived < STEADY_SECONDS:
                    await trio.sleep(RESTART_PAUSE)
            self._replacing = False
            try:
                await self.start()
            except WorkerFailed as error:
                log.error("%s", error)

    def send_signal(self, number: signal.Signals) -> None:
        """Passes an order on."""
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(number)

    async def replace(self) -> None:
        """Ends the process in good order and waits until the next one serves."""
        self._started = trio.Event()
        self._replacing = True
        self.send_signal(signal.SIGTERM)
        await self._started.wait()

    async def stop(self) -> None:
        """Ends the process, by force if it takes too long."""
        self._stopping = True
        if self._process is None:
            return
        self.send_signal(signal.SIGTERM)
        with trio.move_on_after(STOP_SECONDS):
            await self._process.wait()
            return
        log.error("worker %d does not stop; it is killed", self._place.number)
        self.send_signal(signal.SIGKILL)


async def supervise(places: list[WorkerPlace], ready: Callable[[], None]) -> None:
    """Runs the workers until told to stop. Calls `ready` once all of them serve. Raises WorkerFailed."""
    workers = [_Worker(place) for place in places]
    with trio.open_signal_receiver(signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGUSR2) as orders:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_run, workers, ready)
            await _obey(orders, workers, nursery)
            nursery.cancel_scope.cancel()


async def _run(workers: list[_Worker], ready: Callable[[], None]) -> None:
    try:
        async with trio.open_nursery() as nursery:
            for worker in workers:
                nursery.start_soon(worker.start)
        ready()
        async with trio.open_nursery() as nursery:
            for worker in workers:
                nursery.start_soon(worker.keep_running)
    finally:
        with trio.CancelScope(shield=True):
            async with trio.open_nursery() as nursery:
                for worker in workers:
                    nursery.start_soon(worker.stop)


async def _obey(orders: AsyncIterator[int], workers: list[_Worker], nursery: trio.Nursery) -> None:
    """Passes orders on; returns at the order to stop."""
    async for number in orders:
        if number == signal.SIGHUP:
            for worker in workers:
                worker.send_signal(signal.SIGHUP)
        elif number == signal.SIGUSR2:
            nursery.start_soon(_replace_all, workers)
        else:
            return


async def _replace_all(workers: list[_Worker]) -> None:
    log.info("replacing the workers one after the other")
    for worker in workers:
        await worker.replace()
