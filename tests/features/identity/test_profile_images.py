"""Profile images, drawn and uploaded."""

import io

from PIL import Image


def form(field: str, data: bytes) -> dict:
    body = (
        b'--limit\r\nContent-Disposition: form-data; name="' + field.encode() + b'"; filename="me.png"\r\n'
        b"Content-Type: image/png\r\n\r\n" + data + b"\r\n--limit--\r\n"
    )
    return {"data": body, "headers": {"content-type": "multipart/form-data; boundary=limit"}}


def picture(width: int, height: int, colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "PNG")
    return out.getvalue()


def size(data: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(data)).size


async def test_without_a_picture_a_letter_is_drawn(admin):
    ann = await admin.sign_up("ann")
    drawn = await ann.get(f"/users/{ann.user['id']}/image")
    assert drawn.headers["content-type"] == "image/png"
    assert size(drawn.body) == (128, 128)
    assert drawn.headers["cache-control"] == "max-age=300, private"


async def test_a_picture_is_made_square_and_may_be_taken_away(admin):
    ann, bob = await admin.sign_up("ann"), await admin.sign_up("bob")
    path = f"/users/{ann.user['id']}/image"
    assert (await bob.post(path, **form("image", picture(300, 200)))).status == 403
    assert (await ann.post(path, **form("image", picture(300, 200)))).status == 200
    kept = await bob.get(path)
    assert size(kept.body) == (128, 128)
    assert (await bob.get(path, headers={"if-none-match": kept.headers["etag"]})).status == 304
    assert (await bob.delete(path)).status == 403
    assert (await ann.delete(path)).status == 200
    assert "etag" not in (await bob.get(path)).headers


async def test_what_is_no_picture_is_refused(app, admin):
    path = f"/users/{admin.user['id']}/image"
    refused = await admin.post(path, **form("image", b"no picture"))
    assert (refused.status, refused.error) == (400, "api.user.upload_profile_user.check_image_limits.app_error")
    refused = await admin.post(path, **form("other", picture(9, 9)))
    assert refused.error == "api.user.upload_profile_user.no_file.app_error"
    assert (await admin.post(path, {"image": "x"})).status == 400
    await app.config_store.patch({"FileSettings": {"MaxImageResolution": 1000}})
    refused = await admin.post(path, **form("image", picture(100, 100)))
    assert refused.error == "api.user.upload_profile_user.check_image_limits.app_error"
