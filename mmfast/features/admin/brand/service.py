"""Keeps the brand image in the file store, as PNG."""

import io
from typing import Final

import trio
from PIL import Image, UnidentifiedImageError

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.features.admin.brand import errors

PATH: Final = "brand/image.png"
_OLD: Final = "brand/{}.png"
_FORMATS: Final = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")


def _as_png(data: bytes, max_pixels: int) -> bytes:
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            if image.width * image.height > max_pixels:
                raise errors.BAD_LIMITS()
            out = io.BytesIO()
            image.convert("RGBA").save(out, "PNG")
            return out.getvalue()
    except UnidentifiedImageError:
        raise errors.BAD_LIMITS() from None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise errors.NOT_DECODED(detail=str(error)) from None


async def find_image(ctx: Context) -> bytes | None:
    """The brand image as PNG."""
    try:
        return await ctx.app.files.read(PATH)
    except FileNotFoundError:
        return None


async def set_image(ctx: Context, data: bytes) -> None:
    """Makes a picture the brand image; the one before is kept under its time."""
    image = await trio.to_thread.run_sync(_as_png, data, ctx.config.FileSettings.MaxImageResolution)
    await _put_aside(ctx)
    await ctx.app.files.write(PATH, image)


async def delete_image(ctx: Context) -> None:
    """Takes the brand image away."""
    if not await _put_aside(ctx):
        raise errors.NONE_TO_DELETE()


async def _put_aside(ctx: Context) -> bool:
    if not await ctx.app.files.exists(PATH):
        return False
    await ctx.app.files.move(PATH, _OLD.format(now_ms()))
    return True
