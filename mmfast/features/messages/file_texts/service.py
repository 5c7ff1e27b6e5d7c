"""Takes the text out of files that are text, and out of documents.

A document is read after its upload: it may take a second, and who uploads need not wait. One that a worker had not read
when it ended, or that was uploaded while this was switched off, is read by the job `extract_content`.
"""

import logging
from typing import Final

import trio

from mmfast.api.context import Context
from mmfast.features.messages.files import store
from mmfast.features.messages.files.types import StoredFile
from mmfast.platform.config.model import Config
from mmfast.platform.document_reader import MAX_BYTES as MAX_DOCUMENT
from mmfast.platform.document_reader import kind_of, read_document
from mmfast.platform.document_text import KINDS

log = logging.getLogger(__name__)

MAX_BYTES: Final = 256 * 1024
"""What is kept of a text. The index takes 1 MB of words and places a row, and more than this may come to more."""

READERS: Final = 1
"""Documents that a worker has read at a time: each may take a gigabyte of memory."""
MAX_WAITING: Final = 500
"""Documents that wait to be read; the job reads what comes beyond."""

ZIP: Final = "zip"
_TEXTUAL: Final = frozenset({"application/json", "application/xml", "application/x-sh", "application/rtf"})
_STATE: Final = "file_texts"


def is_text(mime_type: str) -> bool:
    """Whether a file of this type is text as it stands."""
    kind = mime_type.partition(";")[0]
    return kind.startswith("text/") or kind in _TEXTUAL


def document_kinds(config: Config) -> frozenset[str]:
    """The endings of the documents that the configuration wants to be read."""
    return KINDS if config.FileSettings.ArchiveRecursion else KINDS - {ZIP}


async def extract_text(ctx: Context, file: StoredFile) -> str:
    """The beginning of a text; "" for other files, and where the configuration wants none."""
    if not ctx.config.FileSettings.ExtractContent or not is_text(file.info.mime_type):
        return ""
    head = b"".join([piece async for piece in ctx.app.files.stream(file.path, 0, MAX_BYTES)])
    return _storable(head.decode("utf-8", "replace"))


def wants_reading(ctx: Context, file: StoredFile) -> bool:
    """Whether the file is a document whose text is to be found."""
    return ctx.config.FileSettings.ExtractContent and _kind(ctx, file) != "" and file.info.size <= MAX_DOCUMENT


def read_later(ctx: Context, file: StoredFile) -> None:
    """Has a document read once the open transaction is committed."""
    places = _places(ctx)
    if places.statistics().tasks_waiting < MAX_WAITING:
        ctx.after_commit(lambda: ctx.app.spawn("text of a document", _read_one, file))
    else:
        log.warning("file %s is not read now: %d documents wait already", file.info.id, MAX_WAITING)


async def read(ctx: Context, file: StoredFile) -> bool:
    """Reads a file and keeps its text; False if it cannot be read."""
    text: str | None = None
    try:
        if is_text(file.info.mime_type):
            text = await extract_text(ctx, file)
        elif wants_reading(ctx, file):
            async with _places(ctx):
                text = await read_document(_kind(ctx, file), ctx.app.files.stream(file.path), MAX_BYTES)
    except* OSError as failed:
        log.warning("file %s cannot be read: %s", file.info.id, failed.exceptions[0])
    if text is None:
        log.info("file %s has no text that can be read", file.info.id)
        return False
    await store.save_content(ctx.db, file.info.id, _storable(text.encode()[:MAX_BYTES].decode("utf-8", "ignore")))
    return True


async def list_unread(ctx: Context, after: tuple[int, str], until: int, limit: int) -> list[StoredFile]:
    """Files that may have a text which is not known, made after a moment and id and until a time, in order."""
    if not ctx.config.FileSettings.ExtractContent:
        return []
    return await store.list_without_content(ctx.db, sorted(document_kinds(ctx.config)), after, until, limit)


async def _read_one(ctx: Context, file: StoredFile) -> None:
    await read(ctx, file)


def _places(ctx: Context) -> trio.CapacityLimiter:
    places: trio.CapacityLimiter = ctx.app.state.setdefault(_STATE, trio.CapacityLimiter(READERS))
    return places


def _kind(ctx: Context, file: StoredFile) -> str:
    kind = kind_of(file.info.name)
    return kind if kind in document_kinds(ctx.config) else ""


def _storable(text: str) -> str:
    return text.replace("\0", " ")
