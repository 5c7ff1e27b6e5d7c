"""Begins uploads, takes their parts and puts the parts together.

Each part is a file of its own, named by its offset, until the last has come: a crash at any moment leaves either the
state before a part or the one after it. While a part arrives nothing is locked; what it is worth is decided when it is
there, so that of two requests that send the same part one is refused. What a broken connection has brought counts.
"""

import posixpath
from collections.abc import AsyncIterator
from typing import Final

from msgspec import UNSET

from mmfast.api.context import Context
from mmfast.api.form_stream import FormStream, is_form
from mmfast.api.forms import FormError
from mmfast.core.clock import now_ms
from mmfast.core.ids import new_id
from mmfast.features.messages.file_previews.types import TooManyPixels
from mmfast.features.messages.file_uploads.service import ARRIVING, MAX_NAME_BYTES, file_of, keep, receiving
from mmfast.features.messages.file_uploads.types import Received
from mmfast.features.messages.files.service import clean_name, folder_of
from mmfast.features.messages.files.types import FileInfo
from mmfast.features.messages.uploads import errors, store
from mmfast.features.messages.uploads.types import ATTACHMENT, IMPORT, UploadCreate, UploadSession
from mmfast.wire.request import Disconnected

MIN_FIRST_PART: Final = 5 * 1024 * 1024
"""Less would make parts that object stores do not take."""
PATIENCE_MS: Final = 7 * 86_400_000
"""How long an upload may take from its beginning."""
ARRIVAL_MS: Final = 86_400_000
"""A file on which nothing was written for so long is not arriving any more."""


# Uploads --------------------------------------------------------------------------------------------------------------


async def create_upload(ctx: Context, wanted: UploadCreate) -> UploadSession:
    """Begins an upload."""
    limit = ctx.config.FileSettings.MaxFileSize
    if wanted.file_size > limit:
        raise errors.TOO_LARGE(limit=limit)
    if wanted.file_size <= 0:
        raise errors.SIZE_INVALID()
    name = wanted.filename.replace("\\", "/").rstrip("/").rpartition("/")[2] or "."
    if len(name.encode("utf-8", "replace")) > MAX_NAME_BYTES:
        raise errors.NAME_INVALID()
    is_import = wanted.type == IMPORT
    upload = UploadSession(
        id=new_id(),
        type=IMPORT if is_import else ATTACHMENT,
        create_at=now_ms(),
        user_id=ctx.user_id,
        channel_id=UNSET if is_import else wanted.channel_id,
        filename=name,
        file_size=wanted.file_size,
        file_offset=0,
        remote_id="",
        req_file_id="",
    )
    await store.insert(ctx.db, upload, _path(ctx, upload))
    return upload


def _path(ctx: Context, upload: UploadSession) -> str:
    """Where the finished file is to lie; an attachment gets its own id by then."""
    name = clean_name(upload.filename)
    if upload.channel_id is UNSET:
        return posixpath.join(ctx.config.ImportSettings.Directory.lstrip("/"), f"{upload.id}_{name}")
    return posixpath.join(folder_of(upload.id, upload.channel_id, upload.user_id, upload.create_at), name)


async def get_upload(ctx: Context, upload_id: str) -> UploadSession:
    """The upload, or the error that there is none."""
    upload = await store.find(ctx.db, upload_id)
    if upload is None:
        raise errors.UPLOAD_NOT_FOUND()
    return upload


async def list_uploads(ctx: Context, user_id: str) -> list[UploadSession]:
    """The user's uploads that are not finished."""
    return await store.list_of_user(ctx.db, user_id)


# Parts ----------------------------------------------------------------------------------------------------------------


async def receive_part(ctx: Context, upload: UploadSession) -> FileInfo | None:
    """Takes the next part from the request; gives the file if it was the last."""
    _require_fitting(ctx, upload)
    async with receiving(ctx) as received:
        arriving = f"{ARRIVING}/{upload.id}.{new_id()}"
        received.append(Received(new_id(), clean_name(upload.filename), 0, arriving))
        try:
            received[0].size = await ctx.app.files.write(arriving, _until_broken(_content(ctx, upload)))
        except FormError as error:
            raise errors.FORM_INVALID(detail=str(error)) from None
        _require_first_part(upload, received[0].size)
        try:
            return await _take(ctx, upload, received[0])
        except TooManyPixels as error:
            await _give_up(ctx, upload)
            raise errors.LARGE_IMAGE(size=str(error)) from None


def _require_fitting(ctx: Context, upload: UploadSession) -> None:
    """Refuses by its announced length a part that would be refused in the end."""
    assert ctx.request is not None
    if is_form(ctx.request):
        return
    announced = ctx.request.headers.get("content-length")
    if announced.isdecimal():
        if int(announced) > upload.left:
            raise errors.LENGTH_INVALID()
        _require_first_part(upload, int(announced))


def _require_first_part(upload: UploadSession, size: int) -> None:
    least = min(upload.file_size, MIN_FIRST_PART)
    if upload.file_offset == 0 and size < least:
        raise errors.FIRST_PART_TOO_SMALL(size=least)


async def _content(ctx: Context, upload: UploadSession) -> AsyncIterator[bytes]:
    """The part's bytes: the bare body, or the first file of a form."""
    assert ctx.request is not None
    pieces = ctx.request.stream()
    if is_form(ctx.request):
        try:
            form = FormStream(ctx.request)
        except FormError:
            raise errors.CONTENT_TYPE_INVALID() from None
        while (part := await form.next_part()) is not None and part.filename is None:
            pass
        if part is None:
            raise FormError("the form has no file")
        pieces = form.content()
    size = 0
    async for piece in pieces:
        size += len(piece)
        if size > upload.left:
            raise errors.LENGTH_INVALID()
        yield piece


async def _until_broken(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """What comes before the connection breaks."""
    try:
        async for piece in pieces:
            yield piece
    except Disconnected:
        return


async def _take(ctx: Context, upload: UploadSession, part: Received) -> FileInfo | None:
    """Adds a part that has arrived."""
    folder = _folder(upload)
    file: FileInfo | None = None
    async with ctx.transaction() as tx:
        known = await store.find(tx, upload.id, lock=True)
        if known is None:
            raise errors.UPLOAD_NOT_FOUND()
        if known.file_offset != upload.file_offset:
            raise errors.CONCURRENT()
        offset = upload.file_offset + part.size
        if upload.file_offset or offset < upload.file_size:
            await ctx.app.files.move(part.path, f"{folder}/{upload.file_offset:016}")
        if offset < upload.file_size:
            await store.set_offset(tx, upload.id, offset)
            return None
        if upload.file_offset:
            await ctx.app.files.write(part.path, _joined(ctx, folder))
            part.size = offset
        file = await _finish(ctx, upload, part)
        await store.delete(tx, upload.id)
    await ctx.app.files.delete_folder(folder)
    return file


def _folder(upload: UploadSession) -> str:
    return _folder_of(upload.id)


def _folder_of(upload_id: str) -> str:
    return f"{ARRIVING}/{upload_id}"


async def _joined(ctx: Context, folder: str) -> AsyncIterator[bytes]:
    for name in await ctx.app.files.list_files(folder):
        async for piece in ctx.app.files.stream(name):
            yield piece


async def _finish(ctx: Context, upload: UploadSession, whole: Received) -> FileInfo:
    """Puts the whole file where it belongs. An import gets no row: the importer finds it by its name."""
    if upload.channel_id is UNSET:
        await ctx.app.files.move(whole.path, _path(ctx, upload))
        return file_of(whole, "", upload.user_id, now_ms()).info
    files = await keep(ctx, [whole], upload.channel_id, pictures_later=True)
    return files[0]


async def _give_up(ctx: Context, upload: UploadSession) -> None:
    await store.delete(ctx.db, upload.id)
    await ctx.app.files.delete_folder(_folder(upload))


async def remove_abandoned(ctx: Context) -> None:
    """Removes uploads with which nobody goes on, and what a crash has left of files that were arriving."""
    now = now_ms()
    for upload_id in await store.delete_older(ctx.db, now - PATIENCE_MS):
        await ctx.app.files.delete_folder(_folder_of(upload_id))
    await ctx.app.files.delete_stale(ARRIVING, (now - ARRIVAL_MS) / 1000)
