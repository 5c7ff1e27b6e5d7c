"""Has documents read in a process of its own, which may neither take long nor much memory.

Not here: how documents are read (`document_text`).
"""

import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import PurePosixPath
from typing import Final

import trio

from mmfast.platform.document_text import KINDS

MAX_BYTES: Final = 100 << 20
"""The largest document that is read; the reader holds it in memory."""
SECONDS: Final = 60
"""For all of it; the reader itself may use a third of this in CPU time."""


def kind_of(name: str) -> str:
    """The kind of document that a file's name tells, "" if it is none that can be read."""
    ending = PurePosixPath(name).suffix.lower().removeprefix(".")
    return ending if ending in KINDS else ""


async def read_document(kind: str, pieces: AsyncIterator[bytes], limit: int) -> str | None:
    """The beginning of the document's text, at most `limit` characters; None if it cannot be read."""
    command = [sys.executable, "-m", "mmfast.platform.document_text", kind, str(limit)]
    process = await trio.lowlevel.open_process(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    found = bytearray()
    try:
        with trio.move_on_after(SECONDS):
            async with trio.open_nursery() as nursery:
                nursery.start_soon(_feed, process, pieces)
                assert process.stdout is not None
                async for piece in process.stdout:
                    found += piece
            await process.wait()
    finally:
        with trio.CancelScope(shield=True):
            process.kill()
            await process.wait()
    return found.decode("utf-8", "replace") if process.returncode == 0 else None


async def _feed(process: trio.Process, pieces: AsyncIterator[bytes]) -> None:
    assert process.stdin is not None
    with suppress(trio.BrokenResourceError):  # it has given up
        async with process.stdin:
            async for piece in pieces:
                await process.stdin.send_all(piece)
