"""Makes archives of everything, lists them and gives them out.

An archive is written under another name until it is complete (`platform.filestore`), so that a list never shows half
of one. Lines come first; the files that they name are read from the store afterwards, piece by piece.
"""

import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, Final

import msgspec
import trio

from mmfast import REFERENCE_VERSION, __version__
from mmfast.api.context import Context
from mmfast.api.jobs import JobFailed
from mmfast.api.responses import Response
from mmfast.core.startup import StartupError
from mmfast.features.admin.export_people import service as people
from mmfast.features.admin.export_places import service as places
from mmfast.features.admin.export_posts import service as posts
from mmfast.features.admin.exports import errors, store
from mmfast.features.admin.exports.types import COUNTED, ExportedFile, ExportWish, Tally
from mmfast.features.messages.file_downloads.service import send
from mmfast.features.messages.file_downloads.types import Content
from mmfast.platform.filestore import CHUNK_BYTES, FileMissing, InvalidName
from mmfast.platform.zip_stream import ZipStream

LINES: Final = "import.jsonl"
FORMAT: Final = 1
"""The version of the format of lines."""

_FILES: Final = "data/"
_DAY: Final = 24 * 60 * 60

_LINES_SHARE: Final = 70
"""How much of the progress the lines are, in per cent, if files follow."""


def name_of(job_id: str) -> str:
    """What a job calls its export."""
    return f"{job_id}_export.zip"


def _path(ctx: Context, name: str = "") -> str:
    """A name in the folder of exports, which lies in the file store wherever it is said to."""
    return str(PurePosixPath(ctx.config.ExportSettings.Directory.lstrip("/"), name))


async def list_exports(ctx: Context) -> list[str]:
    """The names of all exports."""
    return [PurePosixPath(path).name for path in await ctx.app.files.list_files(_path(ctx))]


async def download(ctx: Context, name: str) -> Response:
    """The answer with an export, or a part of it."""
    path = await _find(ctx, name)
    if path is None:
        raise errors.NOT_FOUND()
    answer = await send(ctx, Content(path, name, "application/zip", save=True))
    shown = ("content-type", "content-range", "accept-ranges", "last-modified", "x-frame-options")
    answer.headers = [pair for pair in answer.headers if pair[0].lower() in shown]
    return answer


async def _find(ctx: Context, name: str) -> str | None:
    """Where an export lies; None if there is none of that name, or the name means something else."""
    path = _path(ctx, name)
    try:
        there = "/" not in name and await ctx.app.files.exists(path)
    except (InvalidName, FileMissing):
        there = False
    return path if there else None


async def delete_export(ctx: Context, name: str) -> None:
    """Deletes an export if there is one."""
    path = await _find(ctx, name)
    if path is not None:
        await ctx.app.files.delete(path)


async def delete_old(ctx: Context) -> None:
    """Deletes exports that are older than they are kept."""
    await ctx.app.files.delete_stale(_path(ctx), time.time() - ctx.config.ExportSettings.RetentionDays * _DAY)


async def export_to_store(ctx: Context, name: str, wish: ExportWish, tally: Tally) -> None:
    """Makes an export in the folder of exports."""
    try:
        async with aclosing(archive(ctx, wish, tally)) as pieces:
            await ctx.app.files.write(_path(ctx, name), pieces)
    except InvalidName:
        raise JobFailed("ExportSettings.Directory does not lie in the file store.") from None


async def export_to_file(ctx: Context, file: Path, wish: ExportWish, tally: Tally) -> None:
    """Makes an export in a file of this machine that is not there yet; one that fails leaves none."""
    if await trio.Path(file).exists():
        raise StartupError(f"{file} is there already")
    partial_file = file.with_name(f".{file.name}.partial")
    try:
        async with await trio.open_file(partial_file, "wb") as out, aclosing(archive(ctx, wish, tally)) as pieces:
            async for piece in pieces:
                await out.write(piece)
        partial_file.replace(file)
    except OSError as error:
        raise StartupError(f"{file} cannot be written: {error.strerror}") from error
    finally:
        partial_file.unlink(missing_ok=True)


async def archive(ctx: Context, wish: ExportWish, tally: Tally) -> AsyncGenerator[bytes]:
    """The bytes of an archive, in pieces that are worth writing."""
    waiting: list[bytes] = []
    size = 0
    async with aclosing(_pieces(ctx, wish, tally)) as pieces:
        async for piece in pieces:
            waiting.append(piece)
            size += len(piece)
            if size >= CHUNK_BYTES:
                yield b"".join(waiting)
                waiting.clear()
                size = 0
    yield b"".join(waiting)


async def _pieces(ctx: Context, wish: ExportWish, tally: Tally) -> AsyncGenerator[bytes]:
    if wish.attachments:
        tally.counts["attachments"] = 0
    total = max(await store.count_posts(ctx.db), 1)
    share = _LINES_SHARE if wish.attachments else 99
    encoder = msgspec.json.Encoder()
    with ZipStream() as stream:
        yield await _in_thread(partial(stream.begin, LINES, compress=True))
        async with aclosing(_lines(ctx, wish, tally)) as batches:
            async for kind, batch in batches:
                lines = [{"type": kind, kind: said} for said in batch] if kind != "version" else batch
                yield await _in_thread(stream.write, encoder.encode_lines(lines))
                tally.reach((tally.counts["posts"] + tally.counts["direct_posts"]) * share // total)
        async with aclosing(_files(ctx, wish)) as files:
            async for file in files:
                async for piece in _packed(ctx, stream, file, tally):
                    yield piece
        yield await _in_thread(stream.end)


async def _in_thread(work: Callable[..., bytes], *args: Any) -> bytes:
    return await trio.to_thread.run_sync(work, *args)


async def _lines(ctx: Context, wish: ExportWish, tally: Tally) -> AsyncGenerator[tuple[str, list[dict[str, Any]]]]:
    """The objects of all lines in their order, in batches of one kind."""
    created = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    info = {"generator": f"mmfast {__version__}", "version": REFERENCE_VERSION, "created": created}
    yield "version", [{"type": "version", "version": FORMAT, "info": info}]
    if wish.roles_and_schemes:
        yield "role", await places.list_roles(ctx)
        yield "scheme", await places.list_schemes(ctx)
    if wish.attachments:
        yield "emoji", await places.list_emojis(ctx)
    sources = (
        ("team", "teams", places.teams(ctx)),
        ("channel", "channels", places.channels(ctx, archived=wish.archived_channels)),
        ("user", "users", people.users(ctx, archived=wish.archived_channels, pictures=wish.profile_pictures)),
        ("bot", "bots", people.bots(ctx, pictures=wish.profile_pictures)),
        ("post", "posts", posts.posts(ctx, tally, files=wish.attachments, archived=wish.archived_channels)),
        ("direct_channel", "direct_channels", posts.direct_channels(ctx)),
        ("direct_post", "direct_posts", posts.direct_posts(ctx, tally, files=wish.attachments)),
    )
    for kind, counted, source in sources:
        assert counted in COUNTED
        async with aclosing(source) as batches:
            async for batch in batches:
                tally.add(counted, sum(1 + len(said.get("replies") or ()) for said in batch))
                yield kind, batch


async def _files(ctx: Context, wish: ExportWish) -> AsyncGenerator[ExportedFile]:
    """The files that lines name."""
    if wish.attachments:
        for path in await places.list_emoji_files(ctx):
            yield ExportedFile(path, 0, counted=False)
    if wish.profile_pictures:
        for path in await people.list_pictures(ctx):
            yield ExportedFile(path, 0, counted=False)
    if wish.attachments:
        async with aclosing(posts.attachments(ctx, archived=wish.archived_channels)) as found:
            async for file in found:
                yield file


async def _packed(ctx: Context, stream: ZipStream, file: ExportedFile, tally: Tally) -> AsyncGenerator[bytes]:
    """A file in the archive; one that the store lacks is left out, as it is in the lines."""
    begin = partial(stream.begin, _FILES + file.path, compress=False)
    try:
        if file.size <= CHUNK_BYTES:
            content = await ctx.app.files.read(file.path)
            yield await _in_thread(lambda: begin() + stream.write(content))
        else:
            await ctx.app.files.size(file.path)
            yield await _in_thread(begin)
            async for piece in ctx.app.files.stream(file.path):
                yield await _in_thread(stream.write, piece)
    except FileMissing:
        return
    if file.counted:
        tally.add("attachments")
        tally.reach(_LINES_SHARE + tally.counts["attachments"] * (99 - _LINES_SHARE) // max(tally.named_files, 1))
