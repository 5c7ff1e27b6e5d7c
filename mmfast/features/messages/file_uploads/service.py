"""Receives files into the store, then gives them their place and their rows.

A file arrives under a name for the time being, as its channel may be named after it in a form, and as a request may
break off or be refused at any byte. What is not kept is removed again. No file is held in memory.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Final

import trio
from msgspec import UNSET

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.form_stream import FormStream
from mmfast.api.forms import FormError
from mmfast.core.clock import now_ms
from mmfast.core.ids import new_id
from mmfast.features.messages.file_previews import service as previews
from mmfast.features.messages.file_previews.types import TooManyPixels
from mmfast.features.messages.file_texts.service import extract_text, read_later, wants_reading
from mmfast.features.messages.file_types.service import extension_of, type_of
from mmfast.features.messages.file_uploads import errors
from mmfast.features.messages.file_uploads.guards import may_upload_to
from mmfast.features.messages.file_uploads.types import Received, Uploaded, UploadQuery
from mmfast.features.messages.files import store
from mmfast.features.messages.files.service import clean_name, folder_of
from mmfast.features.messages.files.types import FileInfo, StoredFile

ARRIVING: Final = "arriving"
"""The folder of files whose place is not known yet."""
MAX_NAME_BYTES: Final = 255
"""What file systems take; the column takes 256 characters."""
_CLEAN_UP_SECONDS: Final = 10


def safe_name(name: str) -> str:
    """The name under which a file may be stored, or the error that it is too long."""
    clean = clean_name(name)
    if len(clean.encode("utf-8", "replace")) > MAX_NAME_BYTES:
        raise errors.NAME_TOO_LONG()
    return clean


# Receiving ------------------------------------------------------------------------------------------------------------


@asynccontextmanager
async def receiving(ctx: Context) -> AsyncIterator[list[Received]]:
    """A list for what arrives; what was not moved away by the end is removed from the store."""
    received: list[Received] = []
    try:
        yield received
    finally:
        await _remove(ctx, [item.path for item in received])


async def _remove(ctx: Context, names: list[str]) -> None:
    with trio.move_on_after(_CLEAN_UP_SECONDS, shield=True):
        for name in names:
            await ctx.app.files.delete(name)


async def receive(ctx: Context, name: str, pieces: AsyncIterator[bytes]) -> Received:
    """Writes a file that arrives into the store."""
    name = safe_name(name)
    file_id = new_id()
    path = f"{ARRIVING}/{file_id}"
    size = await ctx.app.files.write(path, _limited(pieces, name, ctx.config.FileSettings.MaxFileSize))
    return Received(file_id, name, size, path)


async def _limited(pieces: AsyncIterator[bytes], name: str, limit: int) -> AsyncIterator[bytes]:
    size = 0
    async for piece in pieces:
        size += len(piece)
        if size > limit:
            raise errors.TOO_LARGE(name=name, limit=limit)
        yield piece


async def upload_body(ctx: Context, query: UploadQuery) -> Uploaded:
    """Takes the request's bare body as a file."""
    assert ctx.request is not None
    announced = ctx.request.headers.get("content-length")
    limit = ctx.config.FileSettings.MaxFileSize
    if announced.isdecimal() and int(announced) > limit:
        raise errors.TOO_LARGE(name=query.filename, limit=limit)
    async with receiving(ctx) as received:
        received.append(await receive(ctx, query.filename, ctx.request.stream()))
        if not received[0].size:
            raise errors.READ_REQUEST()
        files = await _keep_now(ctx, received, query.channel_id)
    return Uploaded(files, [query.client_id] if query.client_id else None)


async def upload_form(ctx: Context) -> Uploaded:
    """Takes every file of the request's form; the fields may stand before or after the files."""
    assert ctx.request is not None
    channel_id = ""
    client_ids: list[str] = []
    try:
        form = FormStream(ctx.request)
        async with receiving(ctx) as received:
            while (part := await form.next_part()) is not None:
                if part.filename:
                    received.append(await receive(ctx, part.filename, form.content()))
                    _require_known_channel(ctx, channel_id, received)
                elif part.name == "client_ids":
                    client_ids.append(await form.value())
                elif part.name == "channel_id":
                    if channel_id:
                        raise errors.SEVERAL_CHANNELS()
                    channel_id = await form.value()
                    await may_upload_to(ctx, channel_id)
                else:
                    raise INVALID_BODY_PARAM(name=part.name)
            _require_complete(channel_id, client_ids, len(received))
            return Uploaded(await _keep_now(ctx, received, channel_id), client_ids)
    except FormError as error:
        raise errors.READ_REQUEST(detail=str(error)) from None


async def _keep_now(ctx: Context, received: list[Received], channel_id: str) -> list[FileInfo]:
    try:
        return await keep(ctx, received, channel_id)
    except TooManyPixels as error:
        raise errors.LARGE_IMAGE(size=str(error)) from None


def _require_known_channel(ctx: Context, channel_id: str, received: list[Received]) -> None:
    """Until a form has named its channel nobody knows whether the sender may upload: one file's worth is enough."""
    limit = ctx.config.FileSettings.MaxFileSize
    if not channel_id and sum(item.size for item in received) > limit:
        raise errors.TOO_LARGE(name=received[-1].name, limit=limit)


def _require_complete(channel_id: str, client_ids: list[str], files: int) -> None:
    if not channel_id:
        raise INVALID_BODY_PARAM(name="channel_id")
    if client_ids and len(client_ids) < files:
        raise INVALID_BODY_PARAM(name="client_ids")
    if len(client_ids) > files:
        raise errors.TOO_MANY_CLIENT_IDS()


# Keeping --------------------------------------------------------------------------------------------------------------


async def keep(
    ctx: Context, received: list[Received], channel_id: str, *, pictures_later: bool = False
) -> list[FileInfo]:
    """Gives received files their places in the store and their rows. All are kept, or none. Raises TooManyPixels."""
    stored: list[StoredFile] = []
    kept = False
    try:
        for item in received:
            after = stored[-1].info.create_at + 1 if stored else 0
            file = file_of(item, channel_id, ctx.user_id, max(now_ms(), after))
            stored.append(file)
            await ctx.app.files.move(item.path, file.path)
            await _describe(ctx, file, pictures_later=pictures_later)
        await store.insert(ctx.db, stored, [await extract_text(ctx, file) for file in stored])
        kept = True
    finally:
        if not kept:
            await _remove(ctx, [name for f in stored for name in (f.path, f.thumbnail_path, f.preview_path) if name])
    if pictures_later:
        for file in stored:
            if file.info.width is not UNSET:
                ctx.after_commit(partial(ctx.app.spawn, "make pictures", previews.make_pictures_later, file))
    for file in stored:
        if wants_reading(ctx, file):
            read_later(ctx, file)
    return [file.info for file in stored]


def file_of(item: Received, channel_id: str, user_id: str, created_at: int) -> StoredFile:
    """The file that a received one becomes."""
    info = FileInfo(
        id=item.id,
        user_id=user_id,
        post_id=UNSET,
        channel_id=channel_id,
        create_at=created_at,
        update_at=created_at,
        delete_at=0,
        name=item.name,
        extension=extension_of(item.name),
        size=item.size,
        mime_type=type_of(item.name),
        width=UNSET,
        height=UNSET,
        has_preview_image=UNSET,
        mini_preview=None,
        remote_id="",
        archived=False,
    )
    return StoredFile(info, f"{folder_of(item.id, channel_id, user_id, created_at)}/{item.name}")


async def _describe(ctx: Context, file: StoredFile, *, pictures_later: bool) -> None:
    """Notes a picture's size, and makes the small pictures of it."""
    if not file.info.is_picture:
        return
    size = await previews.measure(ctx, file)
    if size is None:
        return
    file.info.width, file.info.height = size.width, size.height
    if not pictures_later:
        await previews.make_pictures(ctx, file)
