"""Custom emojis: making, finding, showing and deleting them."""

import io
import json
import struct

import pytest
from PIL import Image

from mmfast.core.system_emojis import is_system_emoji
from mmfast.features.messages.emoji import service

NOBODY_KNOWS = "z" * 26


def picture(width: int, height: int, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(out, kind)
    return out.getvalue()


def part(name: str, content: bytes, filename: str = "") -> bytes:
    said = f'form-data; name="{name}"' + (f'; filename="{filename}"' if filename else "")
    return b"--limit\r\nContent-Disposition: " + said.encode() + b"\r\n\r\n" + content + b"\r\n"


def form(*parts: bytes) -> dict:
    headers = {"content-type": "multipart/form-data; boundary=limit"}
    return {"data": b"".join(parts) + b"--limit--\r\n", "headers": headers}


async def make(client, name: str, image: bytes | None = None, creator: str = ""):
    said = json.dumps({"name": name, "creator_id": creator or client.user["id"]}).encode()
    image = picture(4, 4) if image is None else image
    return await client.post("/emoji", **form(part("emoji", said), part("image", image, "e.png")))


async def test_an_emoji_is_there_for_everybody(room, heard):
    made = await make(room.ann, "party-goat", picture(20, 10))
    assert made.status == 200
    emoji = made.json()
    assert (emoji["name"], emoji["creator_id"], emoji["delete_at"]) == ("party-goat", room.ann.user["id"], 0)
    [told] = heard.take("emoji_added")
    assert (told.user_id, told.channel_id, told.team_id) == ("", "", "")
    for path in (f"/emoji/{emoji['id']}", "/emoji/name/party-goat"):
        assert (await room.dan.get(path)).json() == emoji
    shown = await room.dan.get(f"/emoji/{emoji['id']}/image")
    assert shown.body == picture(20, 10)
    assert shown.headers["content-type"] == "image/png"


async def test_posts_show_it(room):
    await make(room.ann, "party-goat")
    post = await room.say(room.ben, "a :party-goat: and a :no-goat:")
    assert [emoji["name"] for emoji in post["metadata"]["emojis"]] == ["party-goat"]


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("smile", "model.emoji.system_emoji_name.app_error"),
        ("wave_dark_skin_tone", "model.emoji.system_emoji_name.app_error"),
        ("", "model.emoji.name.app_error"),
        ("with space", "model.emoji.name.app_error"),
        ("x" * 65, "model.emoji.name.app_error"),
        ("été", "model.emoji.name.app_error"),
    ],
)
async def test_names_that_are_refused(room, name, error):
    refused = await make(room.ann, name)
    assert (refused.status, refused.error) == (400, error)


async def test_a_name_is_there_once(room):
    assert (await make(room.ann, "billy")).status == 200
    assert (await make(room.ben, "billy")).error == "api.emoji.create.duplicate.app_error"


async def test_nobody_makes_one_in_anothers_name(room, nobody):
    refused = await make(room.ann, "billy", creator=room.ben.user["id"])
    assert (refused.status, refused.error) == (403, "api.emoji.create.other_user.app_error")
    assert (await nobody.post("/emoji", **form())).status == 401


async def test_incomplete_forms(room):
    said = part("emoji", json.dumps({"name": "billy", "creator_id": room.ann.user["id"]}).encode())
    image = part("image", picture(4, 4), "e.png")
    for parts in ((said,), (image,), (part("emoji", b"no JSON"), image)):
        refused = await room.ann.post("/emoji", **form(*parts))
        assert (refused.status, refused.error) == (400, "api.context.invalid_body_param.app_error")
    assert (await room.ann.post("/emoji", {"name": "billy"})).error == "api.emoji.create.parse.app_error"


@pytest.mark.parametrize(
    ("size", "shown"),
    [((128, 128), (128, 128)), ((256, 128), (128, 64)), ((100, 300), (42, 128)), ((1028, 8), (128, 1))],
)
def test_large_pictures_are_made_smaller(size, shown):
    fitting = service.fit(picture(*size))
    assert Image.open(io.BytesIO(fitting)).size == shown


def test_a_small_animation_stays_as_it_is():
    moving = picture(16, 16, "GIF")
    assert service.fit(moving) == moving


async def test_pictures_that_are_refused(room):
    for image, status, error in (
        (b"no picture", 400, "api.emoji.upload.image.app_error"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 400, "api.emoji.upload.image.app_error"),
        (picture(1029, 4), 400, "api.emoji.upload.large_image.too_large.app_error"),
        (b"\x89PNG" + b"x" * (512 * 1024), 413, "api.emoji.create.too_large.app_error"),
        (picture(200, 200)[:60], 400, "api.emoji.upload.large_image.decode_error"),
    ):
        refused = await make(room.ann, "billy", image)
        assert (refused.status, refused.error) == (status, error)


def test_a_header_that_lies_is_no_picture():
    assert service.identify(b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"JUNK", 4, 4)) is None


async def test_finding_emojis(room):
    for name in ("find-alpha", "find-beta", "xfind-gamma", "find_delta"):
        await make(room.ann, name)

    async def names(answer):
        return [emoji["name"] for emoji in (await answer).json()]

    assert await names(room.dan.post("/emoji/search", {"term": "find"})) == [
        "find-alpha", "find-beta", "find_delta", "xfind-gamma",
    ]  # fmt: skip
    assert await names(room.dan.post("/emoji/search", {"term": "find_"})) == ["find_delta"]
    assert await names(room.dan.post("/emoji/search", {"term": "fi%d"})) == []
    assert "xfind-gamma" not in await names(room.dan.post("/emoji/search", {"term": "find", "prefix_only": True}))
    assert await names(room.dan.get("/emoji/autocomplete?name=find-")) == ["find-alpha", "find-beta"]
    assert await names(room.dan.post("/emoji/names", ["find-beta", "smile"])) == ["find-beta"]
    assert await names(room.dan.get("/emoji?sort=name&per_page=2&page=1")) == ["find_delta", "xfind-gamma"]
    assert (await room.dan.get("/emoji?sort=age")).error == "api.context.invalid_url_param.app_error"
    assert (await room.dan.post("/emoji/search", {"term": ""})).error == "api.context.invalid_body_param.app_error"
    many = await room.dan.post("/emoji/names", [f"n{n}" for n in range(201)])
    assert many.error == "api.emoji.get_multiple_by_name_too_many.request_error"


async def test_deleting_takes_picture_and_reactions_along(room):
    emoji = (await make(room.ann, "billy")).json()
    post = await room.say(room.ann, "react")
    reaction = {"user_id": room.ben.user["id"], "post_id": post["id"], "emoji_name": "billy"}
    assert (await room.ben.post("/reactions", reaction)).status == 200
    assert (await room.ben.delete(f"/emoji/{emoji['id']}")).status == 403
    assert (await room.ann.delete(f"/emoji/{emoji['id']}")).status == 200
    for path in (f"/emoji/{emoji['id']}", f"/emoji/{emoji['id']}/image", "/emoji/name/billy"):
        assert (await room.ben.get(path)).status == 404
    assert (await room.ben.get(f"/posts/{post['id']}/reactions")).json() is None
    assert "has_reactions" not in (await room.ben.get(f"/posts/{post['id']}")).json()
    assert (await make(room.ben, "billy")).status == 200


async def test_administrators_delete_those_of_others(room):
    emoji = (await make(room.ann, "billy")).json()
    assert (await room.admin.delete(f"/emoji/{emoji['id']}")).status == 200
    assert (await room.admin.delete(f"/emoji/{NOBODY_KNOWS}")).error == "app.emoji.get.no_result"


async def test_switched_off(room, app):
    emoji = (await make(room.ann, "billy")).json()
    await app.config_store.patch({"ServiceSettings": {"EnableCustomEmoji": False}})
    assert (await make(room.ann, "nanny")).status == 501
    assert (await room.ann.get(f"/emoji/{emoji['id']}")).status == 501
    assert (await room.ann.delete(f"/emoji/{emoji['id']}")).status == 403
    assert (await room.ann.get("/emoji/autocomplete?name=g")).status == 403
    assert "emojis" not in (await room.say(room.ann, ":billy:"))["metadata"]


async def test_statuses_know_emojis(room):
    await make(room.ann, "billy")
    for name, status in (("billy", 200), ("smile", 200), ("no-goat", 400)):
        answer = await room.ben.put("/users/me/status/custom", {"emoji": name, "text": "away"})
        assert answer.status == status


def test_standard_names():
    assert all(is_system_emoji(name) for name in ("smile", "+1", "thumbsup", "wave_medium_dark_skin_tone", "us"))
    assert not any(is_system_emoji(name) for name in ("Smile", "smile_dark_skin_tone", "not_an_emoji", ""))
