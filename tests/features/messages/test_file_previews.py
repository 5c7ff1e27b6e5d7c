"""Pictures of pictures: sizes, formats, and what must not be decoded."""

import io

import pytest
from PIL import Image

from tests.features.messages.uploading import bomb, picture, try_upload, upload


async def image(by, file_id: str, part: str) -> Image.Image:
    """A small picture of a file, decoded."""
    answer = await by.get(f"/files/{file_id}/{part}")
    assert answer.status == 200, answer.body
    return Image.open(io.BytesIO(answer.body))


@pytest.mark.parametrize(
    ("size", "kind", "thumbnail", "preview", "made_as"),
    [
        ((30, 20), "PNG", (120, 80), (30, 20), "PNG"),
        ((2000, 500), "PNG", (120, 30), (1920, 480), "PNG"),
        ((100, 600), "PNG", (17, 100), (100, 600), "PNG"),
        ((4000, 1), "PNG", (120, 1), (1920, 1), "PNG"),
        ((150, 110), "BMP", (120, 88), (150, 110), "JPEG"),
        ((2500, 1000), "JPEG", (120, 48), (1920, 768), "JPEG"),
        ((2, 1), "GIF", (120, 60), (2, 1), "JPEG"),
        ((64, 64), "WEBP", (100, 100), (64, 64), "JPEG"),
        ((64, 32), "TIFF", (120, 60), (64, 32), "JPEG"),
    ],
)
async def test_sizes(room, size, kind, thumbnail, preview, made_as):
    info = await upload(room.ann, room.id, f"pic.{kind.lower()}", picture(*size, kind))
    assert (info["width"], info["height"]) == size
    assert info.get("has_preview_image", False) is (kind != "GIF")
    assert info["mini_preview"]
    for part, wanted in (("thumbnail", thumbnail), ("preview", preview)):
        made = await image(room.ben, info["id"], part)
        assert (made.size, made.format) == (wanted, made_as)


async def test_a_photo_is_shown_upright_and_without_where_it_was_taken(room):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010E] = "taken at home"
    info = await upload(room.ann, room.id, "photo.jpg", picture(40, 20, "JPEG", exif=exif))
    assert (info["width"], info["height"]) == (20, 40)
    preview = await image(room.ben, info["id"], "preview")
    assert preview.size == (20, 40)
    assert not preview.getexif()


async def test_transparency_is_kept_where_the_format_can(room):
    clear = picture(20, 20, mode="RGBA")
    info = await upload(room.ann, room.id, "clear.png", clear)
    assert (await image(room.ben, info["id"], "preview")).mode == "RGBA"
    palette = Image.new("P", (10, 10), 0)
    out = io.BytesIO()
    palette.save(out, "GIF", transparency=0)
    info = await upload(room.ann, room.id, "clear.gif", out.getvalue())
    assert (await image(room.ben, info["id"], "preview")).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("size", [(10_000, 10_000), (60_000, 60_000), (2**31 - 1, 2)])
async def test_image_bombs_are_refused_unread(room, size):
    refused = await try_upload(room.ann, room.id, "bomb.png", bomb(*size))
    assert (refused.status, refused.error) == (400, "api.file.upload_file.large_image_detailed.app_error")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("broken.png", b"\x89PNG broken"),
        ("cut.png", picture(50, 50)[:60]),
        ("other.png", b"%PDF-1.4"),
        ("empty.jpg", b""),
        ("text.txt", picture(10, 10)),
        ("script.svg", b"<html/>"),
        ("bomb.svg", b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg width="&b;" height="1"/>'),
    ],
)
async def test_what_is_no_picture_is_an_ordinary_file(room, name, content):
    info = await upload(room.ann, room.id, name, content)
    assert not info["mini_preview"]
    thumbnail = await room.ben.get(f"/files/{info['id']}/thumbnail")
    assert (thumbnail.status, thumbnail.error) == (400, "api.file.get_file_thumbnail.no_thumbnail.app_error")
    preview = await room.ben.get(f"/files/{info['id']}/preview")
    assert (preview.status, preview.error) == (400, "api.file.get_file_preview.no_preview.app_error")


@pytest.mark.parametrize(
    ("drawing", "size"),
    [
        (b'<svg width="40" height="30px"/>', (40, 30)),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 32"/>', (64, 32)),
        (b'<svg width="100%" height="100%"/>', None),
        (b'<svg width="-4" height="1e99"/>', None),
    ],
)
async def test_the_size_of_a_drawing(room, drawing, size):
    info = await upload(room.ann, room.id, "drawing.svg", drawing)
    assert (info.get("width"), info.get("height")) == (size or (None, None))
