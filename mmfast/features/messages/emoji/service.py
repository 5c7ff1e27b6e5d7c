"""Makes, finds and deletes custom emojis.

Pictures of up to `SIZE` pixels a side are kept as they came; larger ones become a PNG that fits.
"""

import io
import re
import struct
from typing import Final

import msgspec
import trio
from PIL import Image, UnidentifiedImageError

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.hooks import Hook
from mmfast.core.ids import new_id
from mmfast.core.system_emojis import is_system_emoji
from mmfast.db.errors import UniqueViolation
from mmfast.features.identity.custom_statuses import errors as custom_status_errors
from mmfast.features.identity.custom_statuses.service import EMOJI_CHOSEN
from mmfast.features.messages.emoji import errors, store
from mmfast.features.messages.emoji.events import EmojiAdded
from mmfast.features.messages.emoji.types import Emoji, EmojiDraft, Picture
from mmfast.platform.cache import CacheKind
from mmfast.platform.filestore import FileMissing

EMOJIS: Final[CacheKind[str, Emoji]] = CacheKind("emojis", size=20_000)
"""By name. A name without an emoji is kept too, as `NONE`: most names in messages are those of standard emojis."""

NONE: Final = Emoji("", 0, 0, 0, "", "")

EMOJI_DELETED: Final[Hook[Emoji]] = Hook("emoji_deleted")
"""Run after an emoji was deleted, in the same transaction."""

SIZE: Final = 128
MAX_SIDE: Final = 1_028
MAX_BYTES: Final = 512 * 1024
MAX_FOUND: Final = 100
FORMATS: Final = ("PNG", "JPEG", "GIF", "BMP", "WEBP")

_NAME: Final = re.compile(r"[A-Za-z0-9_+\-]{1,64}")
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PNG_HEADER: Final = struct.Struct(">8sI4sII")
_DECODING: Final = trio.CapacityLimiter(2)


def image_path(emoji_id: str) -> str:
    """Where the file store keeps the picture."""
    return f"emoji/{emoji_id}/image"


async def get_emoji(ctx: Context, emoji_id: str) -> Emoji:
    """The custom emoji of an id."""
    emoji = await store.find(ctx.db, emoji_id)
    if emoji is None:
        raise errors.EMOJI_NOT_FOUND()
    return emoji


async def get_emoji_by_name(ctx: Context, name: str) -> Emoji:
    """The custom emoji of a name."""
    found = (await find_emojis_by_names(ctx, [name])).get(name)
    if found is None:
        raise errors.NAME_NOT_FOUND()
    return found


async def find_emojis_by_names(ctx: Context, names: list[str]) -> dict[str, Emoji]:
    """The custom emojis among these names, by name."""

    async def load(missing: list[str]) -> dict[str, Emoji]:
        return dict.fromkeys(missing, NONE) | {e.name: e for e in await store.list_by_names(ctx.db, missing)}

    found = await ctx.cached_many(EMOJIS, names, load)
    return {name: emoji for name, emoji in found.items() if emoji.id}


async def require_known(ctx: Context, name: str) -> None:
    """Refuses names of neither a standard nor a custom emoji."""
    if is_system_emoji(name):
        return
    if not ctx.config.ServiceSettings.EnableCustomEmoji:
        raise errors.DISABLED()
    await get_emoji_by_name(ctx, name)


@EMOJI_CHOSEN.register
async def require_known_in_status(ctx: Context, name: str) -> None:
    """Refuses custom statuses with an emoji that there is not."""
    if is_system_emoji(name):
        return
    if not ctx.config.ServiceSettings.EnableCustomEmoji or not await find_emojis_by_names(ctx, [name]):
        raise custom_status_errors.EMOJI_NOT_FOUND()


# Making and deleting --------------------------------------------------------------------------------------------------


def require_valid(draft: EmojiDraft, user_id: str) -> None:
    """Refuses names that an emoji cannot have, and creators other than the caller."""
    if is_system_emoji(draft.name):
        raise errors.NAME_OF_SYSTEM_EMOJI()
    if _NAME.fullmatch(draft.name) is None:
        raise errors.NAME_INVALID()
    if draft.creator_id != user_id:
        raise errors.OTHER_CREATOR()


async def create_emoji(ctx: Context, draft: EmojiDraft, picture: bytes) -> Emoji:
    """Makes an emoji in the caller's name and tells everybody."""
    require_valid(draft, ctx.user_id)
    if len(picture) > MAX_BYTES:
        raise errors.TOO_LARGE(max=MAX_BYTES)
    if await store.list_by_names(ctx.db, [draft.name]):
        raise errors.DUPLICATE()
    fitting = await trio.to_thread.run_sync(fit, picture, limiter=_DECODING)
    now = now_ms()
    emoji = Emoji(new_id(), now, now, 0, ctx.user_id, draft.name)
    await ctx.app.files.write(image_path(emoji.id), fitting)
    try:
        async with ctx.transaction() as tx:
            await store.insert(tx, emoji)
            ctx.invalidate(EMOJIS, emoji.name)
            ctx.announce(EmojiAdded(emoji=msgspec.json.encode(emoji)).to())
    except UniqueViolation:
        await ctx.app.files.delete(image_path(emoji.id))
        raise errors.DUPLICATE() from None
    return emoji


async def delete_emoji(ctx: Context, emoji: Emoji) -> None:
    """Deletes an emoji with its picture and the reactions made with it."""
    async with ctx.transaction() as tx:
        if not await store.mark_deleted(tx, emoji.id, now_ms()):
            raise errors.EMOJI_NOT_FOUND()
        await EMOJI_DELETED.run(ctx, emoji)
        ctx.invalidate(EMOJIS, emoji.name)
    await ctx.app.files.delete(image_path(emoji.id))


# Pictures -------------------------------------------------------------------------------------------------------------


async def read_image(ctx: Context, emoji: Emoji) -> tuple[str, bytes]:
    """The emoji's picture with its MIME type."""
    try:
        data = await ctx.app.files.read(image_path(emoji.id))
    except FileMissing:
        raise errors.PICTURE_NOT_READ() from None
    picture = identify(data)
    return picture.mime_type if picture else "application/octet-stream", data


def identify(data: bytes) -> Picture | None:
    """What the header of a picture tells, even if the rest is broken; None for what is no picture."""
    if data.startswith(_PNG) and len(data) >= _PNG_HEADER.size:
        _, _, kind, width, height = _PNG_HEADER.unpack_from(data)
        return Picture("image/png", width, height) if kind == b"IHDR" else None
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            return Picture(Image.MIME[image.format or "PNG"], image.width, image.height)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def fit(data: bytes) -> bytes:
    """The picture itself if it is small enough, or one that is. Blocks."""
    picture = identify(data)
    if picture is None:
        raise errors.NOT_A_PICTURE()
    if max(picture.width, picture.height) > MAX_SIDE:
        raise errors.TOO_MANY_PIXELS(max=MAX_SIDE)
    if max(picture.width, picture.height) <= SIZE:
        return data
    scale = SIZE / max(picture.width, picture.height)
    size = max(1, int(picture.width * scale)), max(1, int(picture.height * scale))
    out = io.BytesIO()
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            image.convert("RGBA").resize(size, Image.Resampling.LANCZOS).save(out, "PNG")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise errors.NOT_DECODED(detail=str(error)) from None
    return out.getvalue()
