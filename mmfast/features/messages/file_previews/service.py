"""Measures pictures and makes small ones of them, in threads, a few at a time.

Only the head of a picture is read to measure it, and one with more pixels than allowed is never decoded: a file of some
kilobytes can claim gigabytes of pixels. What cannot be decoded is an ordinary file without pictures.
"""

import io
import os
import posixpath
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

import lxml.etree
import trio
from PIL import ExifTags, Image, ImageOps

from mmfast.api.context import Context
from mmfast.features.messages.file_previews.types import Pictures, Size, TooManyPixels
from mmfast.features.messages.files import store
from mmfast.features.messages.files.types import StoredFile

T = TypeVar("T")
Source = Path | bytes

FORMATS: Final = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
THUMBNAIL: Final = (120, 100)
PREVIEW_WIDTH: Final = 1920
MINI: Final = (16, 16)
QUALITY: Final = 90
MAX_STEM_BYTES: Final = 240
"""File systems take 255 bytes; `_preview.jpg` has twelve."""

_UNREADABLE: Final = (OSError, ValueError, SyntaxError, EOFError)
"""What Pillow raises for broken pictures; UnidentifiedImageError is an OSError."""
_TURNED: Final = frozenset({5, 6, 7, 8})
"""EXIF orientations in which width and height change places."""
_SVG_HEAD: Final = 64 * 1024
_UNITS: Final = ("px", "pt", "mm", "cm", "in", "em")


async def measure(ctx: Context, file: StoredFile) -> Size | None:
    """The size of a picture; None for what is none. Raises TooManyPixels."""
    limit = ctx.config.FileSettings.MaxImageResolution
    if file.info.mime_type.startswith("image/svg"):
        head = b"".join([piece async for piece in ctx.app.files.stream(file.path, 0, _SVG_HEAD)])
        return await _in_thread(ctx, lambda: _svg_size(head))
    source = await _source(ctx, file.path)
    return await _in_thread(ctx, lambda: _size(source, limit))


async def make_pictures(ctx: Context, file: StoredFile) -> bool:
    """Makes and stores the small pictures of a measured picture and notes them in `file`; False if there are none."""
    source = await _source(ctx, file.path)
    made = await _in_thread(ctx, lambda: render(source))
    if made is None:
        return False
    stem = _stem(file.path)
    file.thumbnail_path = f"{stem}_thumb.{made.extension}"
    file.preview_path = f"{stem}_preview.{made.extension}"
    await ctx.app.files.write(file.thumbnail_path, made.thumbnail)
    await ctx.app.files.write(file.preview_path, made.preview)
    file.info.mini_preview = made.mini
    if made.still:
        file.info.has_preview_image = True
    return True


def _stem(path: str) -> str:
    """The file's path without its ending, its name cut where a longer one would be too long for a file system."""
    folder, name = posixpath.split(path)
    stem = posixpath.splitext(name)[0]
    return posixpath.join(folder, stem if len(stem.encode()) <= MAX_STEM_BYTES else stem[: MAX_STEM_BYTES // 4])


async def make_pictures_later(ctx: Context, file: StoredFile) -> None:
    """Background work: makes the pictures of a file that is stored already."""
    if await make_pictures(ctx, file):
        await store.save_pictures(ctx.db, file)


async def _source(ctx: Context, path: str) -> Source:
    return ctx.app.files.find_path(path) or await ctx.app.files.read(path)


async def _in_thread(ctx: Context, work: Callable[[], T]) -> T:
    """Runs work on a picture; each takes up to some hundred megabytes, so as many at once as the configuration says."""
    limiter = ctx.app.state.get("file_previews")
    if limiter is None:
        allowed = ctx.config.FileSettings.MaxImageDecoderConcurrency
        limiter = ctx.app.state["file_previews"] = trio.CapacityLimiter(allowed if allowed > 0 else os.cpu_count() or 1)
    return await trio.to_thread.run_sync(work, limiter=limiter)


def _open(source: Source) -> Image.Image:
    return Image.open(io.BytesIO(source) if isinstance(source, bytes) else source, formats=FORMATS)


def _size(source: Source, limit: int) -> Size | None:
    try:
        with _open(source) as image:
            width, height = image.size
            if 0 < limit < width * height:
                raise TooManyPixels(f"{width} x {height}")
            turned = image.getexif().get(ExifTags.Base.Orientation) in _TURNED
            return Size(height, width) if turned else Size(width, height)
    except Image.DecompressionBombError as error:
        raise TooManyPixels(str(error)) from None
    except _UNREADABLE:
        return None


def _svg_size(head: bytes) -> Size | None:
    """The size that an SVG's first element states; entities stay unread."""
    parser = lxml.etree.XMLPullParser(events=("start",), resolve_entities=False, no_network=True)
    try:
        parser.feed(head)
        root = next((element for _, element in parser.read_events()), None)
    except lxml.etree.XMLSyntaxError:
        return None
    if root is None or str(root.tag).rpartition("}")[2] != "svg":
        return None
    sizes = [_length(root.get("width", "")), _length(root.get("height", ""))]
    box = root.get("viewBox", "").replace(",", " ").split()
    if not all(sizes) and len(box) == 4:
        sizes = [_length(box[2]), _length(box[3])]
    return Size(sizes[0], sizes[1]) if all(sizes) else None


def _length(text: str) -> int:
    for unit in _UNITS:
        text = text.removesuffix(unit)
    try:
        length = float(text)
    except ValueError:
        return 0
    return round(length) if 0 < length < 1_000_000 else 0


def render(source: Source) -> Pictures | None:
    """The small pictures of a picture whose size has been checked; None if it cannot be decoded. Blocks."""
    try:
        with _open(source) as image:
            kind = image.format
            image.draft("RGB", (PREVIEW_WIDTH, PREVIEW_WIDTH))  # JPEG only: decodes at a fraction, never below this
            upright = ImageOps.exif_transpose(image)
            pixels = _plain(upright, with_alpha=kind == "PNG")
            preview = _within_width(pixels)
            return Pictures(
                thumbnail=_encode(_fitted(preview), kind),
                preview=_encode(preview, kind),
                mini=_encode(_plain(preview, with_alpha=False).resize(MINI, Image.Resampling.BILINEAR), "JPEG"),
                extension="png" if kind == "PNG" else "jpg",
                still=kind != "GIF",
            )
    except (*_UNREADABLE, Image.DecompressionBombError):
        return None


def _plain(image: Image.Image, *, with_alpha: bool) -> Image.Image:
    """The pixels in RGB, transparent ones on white unless transparency is wanted."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    layered = image.convert("RGBA")
    if with_alpha:
        return layered
    paper = Image.new("RGB", layered.size, "white")
    paper.paste(layered, mask=layered.getchannel("A"))
    return paper


def _within_width(image: Image.Image) -> Image.Image:
    if image.width <= PREVIEW_WIDTH:
        return image
    height = max(1, round(image.height * PREVIEW_WIDTH / image.width))
    return image.resize((PREVIEW_WIDTH, height), Image.Resampling.LANCZOS)


def _fitted(image: Image.Image) -> Image.Image:
    """The picture as large as the thumbnail's frame allows, small ones enlarged."""
    scale = min(THUMBNAIL[0] / image.width, THUMBNAIL[1] / image.height)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.LANCZOS)


def _encode(image: Image.Image, kind: str | None) -> bytes:
    out = io.BytesIO()
    if kind == "PNG":
        image.save(out, "PNG")
    else:
        image.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
