"""How the parent learns its workers' metrics: each worker answers on a Unix socket in the workers' own folder.

One connection, one answer, no question: who connects gets the state and the end of the stream.
"""

import logging
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

import msgspec
import trio

from mmfast.platform.metrics import Snapshot

log = logging.getLogger(__name__)

PATIENCE_SECONDS: Final = 3.0
"""How long a worker may take to answer: a scrape waits for ten seconds as a rule."""
BACKLOG: Final = 16

_encode: Final = msgspec.msgpack.Encoder().encode
_decode: Final = msgspec.msgpack.Decoder(Snapshot).decode

Take = Callable[[], Awaitable[Snapshot]]


def _path(folder: str, worker: int) -> str:
    return str(Path(folder) / f"metrics-{worker}")


async def answer_parent(folder: str, worker: int, take: Take) -> None:
    """Answers until cancelled."""
    path = trio.Path(_path(folder, worker))
    await path.unlink(missing_ok=True)
    sock = trio.socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    await sock.bind(str(path))
    sock.listen(BACKLOG)

    async def answer(stream: trio.SocketStream) -> None:
        async with stream:
            try:
                await stream.send_all(_encode(await take()))
            except trio.BrokenResourceError:
                return  # the parent has not waited

    await trio.serve_listeners(answer, [trio.SocketListener(sock)])


async def ask_workers(folder: str, workers: int) -> dict[int, Snapshot]:
    """The state of each worker that answers in time."""
    found: dict[int, Snapshot] = {}

    async def ask(worker: int) -> None:
        with trio.move_on_after(PATIENCE_SECONDS):
            try:
                async with await trio.open_unix_socket(_path(folder, worker)) as stream:
                    data = b"".join([piece async for piece in stream])
                found[worker] = _decode(data)
            except (OSError, trio.BrokenResourceError, msgspec.DecodeError) as error:
                log.warning("worker %d does not tell its metrics: %s", worker, error)

    async with trio.open_nursery() as nursery:
        for worker in range(workers):
            nursery.start_soon(ask, worker, name=f"metrics of worker {worker}")
    return found
