"""Runs an import in two passes over the file. The first writes nothing and checks everything that can be known before;
the second writes neighbours of a kind together, each batch in one transaction with its checkpoint.

So a file that is wrong changes nothing, and one that is broken off half-way has changed whole batches only: whoever
goes on at the line that is told, or begins again, ends with the same. Memory is bounded by the batch, by the names of
people and channels, and by the archive's own list of files. Lines are read and checked in threads, as people are being
served meanwhile.
"""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Final, TypeVar

import trio

from mmfast.api.context import Context
from mmfast.core.errors import AppError
from mmfast.features.admin.bulk_import.types import ImportFailed, Options, Progress
from mmfast.features.admin.import_archives.types import Archive, RefusedArchive
from mmfast.features.admin.import_checks.service import Checker, MissingThing
from mmfast.features.admin.import_directs import service as directs
from mmfast.features.admin.import_lines import errors
from mmfast.features.admin.import_lines.service import read_line, require_valid
from mmfast.features.admin.import_lines.types import Entry, InvalidLine, Limits
from mmfast.features.admin.import_names.service import Names
from mmfast.features.admin.import_people import service as people
from mmfast.features.admin.import_places.service import save_places
from mmfast.features.admin.import_posts.service import Batch, load_threads
from mmfast.features.admin.import_posts.types import Thread

T = TypeVar("T")

MAX_LINE_BYTES: Final = 16 * 1024 * 1024
"""A line is a post with all its replies: this is a thousand long ones."""

CHUNK_LINES: Final = 100
CHUNK_BYTES: Final = 1024 * 1024
"""What is read in one go."""

BATCH_WEIGHT: Final = 500
"""Posts, replies and reactions that are written together; longer and others would wait for the transaction."""

_PEOPLE: Final = ("user", "bot")
_PEOPLE_WEIGHT: Final = 10


async def run_import(ctx: Context, archive: Archive, lines: str, options: Options) -> Progress:
    """Imports the file `lines` of an archive. Raises ImportFailed, and RefusedArchive."""
    progress = Progress(counts={})
    await _check(ctx, archive, lines, options, progress)
    if not options.dry_run:
        try:
            await _write(ctx, archive, lines, options, progress)
        finally:
            ctx.invalidate_everything()
    return progress


# The first pass -------------------------------------------------------------------------------------------------------


async def _check(ctx: Context, archive: Archive, lines: str, options: Options, progress: Progress) -> None:
    checker = Checker(archive, ctx.config.FileSettings.MaxFileSize)
    async for chunk in _chunks(ctx, archive, lines, checker.see):
        for _, line in chunk:
            progress.counts[line.type] = progress.counts.get(line.type, 0) + 1
        progress.checked += len(chunk)
        options.tell(progress)
    if not progress.checked:
        raise ImportFailed(1, "", errors.BAD_VERSION())
    try:
        await checker.require_present(ctx)
    except MissingThing as missing:
        raise ImportFailed(missing.number, missing.field, missing.error) from None
    progress.total = progress.checked


async def _chunks(
    ctx: Context, archive: Archive, lines: str, see: Callable[[Entry], None] = lambda entry: None
) -> AsyncIterator[list[Entry]]:
    """The file's lines, some at a time, read, decoded and checked."""
    limits = Limits(min_password=ctx.config.PasswordSettings.MinimumLength)
    numbered = enumerate(archive.lines(lines, MAX_LINE_BYTES), 1)
    while chunk := await trio.to_thread.run_sync(_read_chunk, numbered, limits, see):
        yield chunk


def _read_chunk(numbered: Iterator[tuple[int, bytes]], limits: Limits, see: Callable[[Entry], None]) -> list[Entry]:
    chunk: list[Entry] = []
    size = 0
    number = 0
    for number, raw in islice(numbered, CHUNK_LINES):
        if not raw.strip():
            continue
        try:
            entry = Entry(number, read_line(raw))
            require_valid(entry.line, limits)
            see(entry)
        except InvalidLine as fault:
            raise ImportFailed(number, fault.field, fault.error) from None
        chunk.append(entry)
        size += len(raw)
        if size > CHUNK_BYTES:
            break
    if not chunk and number:  # a hundred empty lines are not the end
        return _read_chunk(numbered, limits, see)
    return chunk


# The second pass ------------------------------------------------------------------------------------------------------


async def _write(ctx: Context, archive: Archive, lines: str, options: Options, progress: Progress) -> None:
    names = Names()
    batch: list[Entry] = []
    weight = 0
    async for chunk in _chunks(ctx, archive, lines):
        for entry in chunk:
            if entry.number < options.start or entry.line.type == "version":
                progress.written += 1
                continue
            if batch and (weight >= BATCH_WEIGHT or batch[-1].line.type != entry.line.type):
                await _write_batch(ctx, archive, names, batch, options)
                progress.written += len(batch)
                options.tell(progress)
                batch, weight = [], 0
            batch.append(entry)
            weight += _weight(entry)
    if batch:
        await _write_batch(ctx, archive, names, batch, options)
        progress.written += len(batch)
        options.tell(progress)


def _weight(entry: Entry) -> int:
    post = entry.line.post or entry.line.direct_post
    if post is not None:
        replies = post.replies or []
        return 1 + len(replies) + len(post.reactions or []) + sum(len(reply.reactions or []) for reply in replies)
    if entry.line.user is not None:
        return _PEOPLE_WEIGHT + sum(1 + len(team.channels or []) for team in entry.line.user.teams or [])
    return 1


async def _write_batch(ctx: Context, archive: Archive, names: Names, batch: list[Entry], options: Options) -> None:
    names.line = batch[0].number
    after = batch[-1].number + 1
    kind = batch[0].line.type
    with _telling(names, batch[0].number):
        if kind in _PEOPLE:
            prepared = await people.prepare(ctx, batch, archive)
            async with ctx.transaction():
                await people.save_people(ctx, names, batch, prepared)
                await options.checkpoint(ctx, after)
        elif kind == "post":
            await _write_threads(ctx, archive, names, await load_threads(ctx, names, batch), after, options)
        elif kind == "direct_post":
            await directs.save_channels_of_posts(ctx, names, batch)
            await _write_threads(ctx, archive, names, directs.threads_of(names, batch), after, options)
        else:
            async with ctx.transaction():
                if kind == "direct_channel":
                    await directs.save_channels(ctx, names, batch)
                else:
                    await save_places(ctx, names, batch, archive)
                await options.checkpoint(ctx, after)


async def _write_threads(
    ctx: Context, archive: Archive, names: Names, threads: list[Thread], after: int, options: Options
) -> None:
    batch = Batch(names, archive, threads)
    written = False
    try:
        await batch.prepare(ctx)
        async with ctx.transaction():
            await batch.write(ctx)
            await options.checkpoint(ctx, after)
        written = True
    finally:
        if not written:
            await batch.discard(ctx)


@contextmanager
def _telling(names: Names, first: int) -> Iterator[None]:
    """Tells at which line a batch failed; it is the first of the batch that is to be written again."""
    try:
        yield
    except AppError as error:
        raise ImportFailed(names.line, "", error, resume=first) from None


__all__ = ["RefusedArchive", "run_import"]
