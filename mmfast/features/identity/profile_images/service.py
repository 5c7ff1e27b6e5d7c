"""Draws, stores and changes profile images. All are squares of `SIZE` pixels, as PNG."""

import io
import zlib
from functools import lru_cache
from typing import Final

import msgspec
import trio
from PIL import Image, ImageDraw, ImageFont, ImageOps, UnidentifiedImageError

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.features.identity.profile_images import errors
from mmfast.features.identity.users import service as users
from mmfast.features.identity.users import store as users_store
from mmfast.features.identity.users.events import UserUpdated
from mmfast.features.identity.users.types import User

SIZE: Final = 128
FORMATS: Final = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
MAX_DRAWN: Final = 2_000
"""Drawn images kept in memory, 600 bytes each: letters times colours are hardly more."""

_COLOURS: Final = (
    *("#1f6f8b", "#99548a", "#3d7a3a", "#b0413e", "#5b5ea6", "#8a6d1d", "#2a7f62", "#a0522d", "#466995", "#7a4b94"),
    *("#c0562f", "#35737a", "#6b7a1f", "#9c3848", "#4a6fa5", "#84572f"),
)
_DECODING: Final = trio.CapacityLimiter(2)
"""Decoding a large picture takes some hundred megabytes: at most two at once."""


def image_path(user_id: str) -> str:
    """Where the file store keeps the uploaded image."""
    return f"users/{user_id}/profile.png"


@lru_cache(maxsize=MAX_DRAWN)
def draw(letter: str, colour: str) -> bytes:
    """A letter on a colour."""
    image = Image.new("RGB", (SIZE, SIZE), colour)
    font = ImageFont.load_default(size=SIZE * 5 // 8)
    ImageDraw.Draw(image).text((SIZE / 2, SIZE / 2), letter, fill="white", font=font, anchor="mm")
    return _png(image)


def drawn_image(user: User) -> bytes:
    """The image of a user who has uploaded none: the name's first letter, on a colour that stays the user's."""
    colour = _COLOURS[zlib.crc32(user.id.encode()) % len(_COLOURS)]
    return draw(user.username[:1].upper(), colour)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def to_square(data: bytes, max_pixels: int) -> bytes:
    """The middle of an uploaded picture, upright and scaled. Blocks."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height > max_pixels:
                raise errors.BAD_LIMITS()
            upright = ImageOps.exif_transpose(image)
            square = ImageOps.fit(upright.convert("RGBA"), (SIZE, SIZE), Image.Resampling.LANCZOS)
            return _png(square)
    except UnidentifiedImageError:
        raise errors.BAD_LIMITS() from None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise errors.NOT_DECODED(detail=str(error)) from None


async def find_uploaded(ctx: Context, user: User) -> bytes | None:
    """The image that the user uploaded, if there is one and the file store still has it."""
    if user.last_picture_update <= 0:
        return None
    try:
        return await ctx.app.files.read(image_path(user.id))
    except FileNotFoundError:
        return None


async def make_square(ctx: Context, data: bytes) -> bytes:
    """`to_square` in a thread, within the configured number of pixels."""
    return await trio.to_thread.run_sync(to_square, data, ctx.config.FileSettings.MaxImageResolution, limiter=_DECODING)


async def set_image(ctx: Context, user: User, data: bytes) -> None:
    """Makes an uploaded picture the user's image. One that looks the same as before changes nothing."""
    image = await make_square(ctx, data)
    if image == await find_uploaded(ctx, user):
        return
    await ctx.app.files.write(image_path(user.id), image)
    await _save_time(ctx, user, now_ms())


async def remove_image(ctx: Context, user: User) -> None:
    """Gives the user the drawn image again."""
    await _save_time(ctx, user, -now_ms())
    await ctx.app.files.delete(image_path(user.id))


async def _save_time(ctx: Context, user: User, picture_at: int) -> None:
    after = msgspec.structs.replace(user, last_picture_update=picture_at, update_at=abs(picture_at), encoded={})
    async with ctx.transaction() as tx:
        await users_store.update_picture_time(tx, user.id, picture_at, after.update_at)
        users.forget_user(ctx, user.id)
        shown = users.profile_json(after, users.others_view(ctx))
        ctx.announce(UserUpdated(user=shown).to().about(user.id))
