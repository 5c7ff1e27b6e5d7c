"""Taking files in: where they lie, what is refused, and that nothing of the refused stays."""

import pytest

from mmfast.api.context import App
from tests.features.messages.uploading import BOUNDARY, bomb, form, picture, try_upload, upload

UNKNOWN = "z" * 26
LONG = b"x" * 70_000


def files_on_disk(app: App) -> list[str]:
    """All files of the store, without their folders."""
    return sorted(path.relative_to(app.files.root).as_posix() for path in app.files.root.rglob("*") if path.is_file())


async def test_a_file_lies_where_the_reference_would_look_for_it(app, room):
    info = await upload(room.ann, room.id, "Report Ü.TXT", b"text")
    day, *rest = files_on_disk(app)[0].split("/")
    assert len(day) == 8
    assert day.isdigit()
    assert rest == ["teams", "noteam", "channels", room.id, "users", room.ann.user["id"], info["id"], "Report Ü.TXT"]
    assert (info["extension"], info["mime_type"], info["size"]) == ("txt", "text/plain; charset=utf-8", 4)
    assert "path" not in info


async def test_pictures_of_a_picture_lie_beside_it(app, room):
    await upload(room.ann, room.id, "pic.jpg", picture(300, 200, "JPEG"))
    names = [path.rsplit("/", 1)[1] for path in files_on_disk(app)]
    assert names == ["pic.jpg", "pic_preview.jpg", "pic_thumb.jpg"]


async def test_a_bare_body_is_a_file(room):
    made = await room.ann.post(f"/files?channel_id={room.id}&filename=a%2Fb.bin&client_id=7", data=b"\x00\xff")
    assert made.json()["client_ids"] == ["7"]
    info = made.json()["file_infos"][0]
    assert (info["name"], info["size"]) == ("b.bin", 2)
    assert (await room.ben.get(f"/files/{info['id']}")).body == b"\x00\xff"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..\\..\\boot.ini", "/etc/passwd", "..", "a/..", ".", "\x00x", "x\r\nSet-Cookie: a=b"]
)
async def test_no_name_leaves_its_folder(app, room, name):
    made = await room.ann.post(f"/files?channel_id={room.id}&filename={_quoted(name)}", data=b"x")
    assert made.status == 201
    info = made.json()["file_infos"][0]
    [path] = files_on_disk(app)
    assert path.split("/")[-2:] == [info["id"], info["name"]]
    answer = await room.ann.get(f"/files/{info['id']}")
    assert "\r" not in answer.headers["content-disposition"]
    assert "set-cookie" not in answer.headers


def _quoted(name: str) -> str:
    return "".join(f"%{byte:02X}" for byte in name.encode())


async def test_several_files_go_in_order_or_not_at_all(app, room):
    channel = ("channel_id", None, room.id.encode())
    both = [("files", "a.txt", b"a"), ("files", "b.txt", b"b")]
    made = await room.ann.post("/files", **form(*both, channel))
    infos = made.json()["file_infos"]
    assert [i["name"] for i in infos] == ["a.txt", "b.txt"]
    assert infos[0]["create_at"] < infos[1]["create_at"]
    before = files_on_disk(app)
    too_many_pixels = ("files", "bomb.png", bomb(10_000, 10_000))
    refused = await room.ann.post("/files", **form(channel, *both, too_many_pixels))
    assert refused.error == "api.file.upload_file.large_image_detailed.app_error"
    assert files_on_disk(app) == before


async def test_who_may_upload(app, room, secret, nobody):
    for who in (room.ben, room.cid, room.dan):
        assert (await try_upload(who, secret.id, "x.txt", b"x")).status == 403
    assert (await try_upload(room.cid, room.id, "x.txt", b"x")).status == 403
    assert (await try_upload(nobody, room.id, "x.txt", b"x")).status == 401
    assert (await try_upload(room.ann, UNKNOWN, "x.txt", b"x")).status == 403
    assert (await try_upload(room.ann, "short", "x.txt", b"x")).status == 400
    bare = await room.cid.post(f"/files?channel_id={room.id}&filename=x.txt", data=b"x")
    assert bare.error == "api.context.permissions.app_error"
    assert files_on_disk(app) == []


@pytest.mark.parametrize(
    ("parts", "error"),
    [
        ([("files", "x.txt", b"x")], "api.context.invalid_body_param.app_error"),
        ([("channel_id", None, b""), ("files", "x.txt", b"x")], "api.context.invalid_url_param.app_error"),
        ([("other", None, b"x")], "api.context.invalid_body_param.app_error"),
        ([("files", "x.txt", b"x"), ("client_ids", None, LONG)], "api.file.upload_file.read_request.app_error"),
    ],
)
async def test_forms_that_are_refused_leave_nothing(app, room, parts, error):
    refused = await room.ann.post("/files", **form(*parts))
    assert (refused.status, refused.error) == (400, error)
    assert files_on_disk(app) == []


@pytest.mark.parametrize("cut", [0, 1, 30, 90, 150, 260])
async def test_a_broken_form_is_the_caller_s_fault(app, room, cut):
    whole = form(("channel_id", None, room.id.encode()), ("files", "x.txt", b"x" * 100))
    broken = await room.ann.post("/files", data=whole["data"][:cut], headers=whole["headers"])
    assert (broken.status, broken.error) == (400, "api.file.upload_file.read_request.app_error")
    assert files_on_disk(app) == []


async def test_a_form_needs_its_boundary(room):
    for kind in ("multipart/form-data", "multipart/form-data; boundary=", f"multipart/form-data; boundary={'b' * 99}"):
        refused = await room.ann.post("/files", data=b"--" + BOUNDARY.encode(), headers={"content-type": kind})
        assert refused.error == "api.file.upload_file.read_request.app_error"


async def test_what_is_too_large_is_refused_and_not_kept(app, room):
    await room.admin.put("/config/patch", {"FileSettings": {"MaxFileSize": 100}})
    for answer in (
        await try_upload(room.ann, room.id, "x.bin", b"x" * 101),
        await room.ann.post(f"/files?channel_id={room.id}&filename=x.bin", data=b"x" * 101),
        await room.ann.post("/files", **form(("files", "a.bin", b"x" * 60), ("files", "b.bin", b"x" * 60))),
    ):
        assert (answer.status, answer.error) == (413, "api.file.upload_file.too_large_detailed.app_error")
    assert files_on_disk(app) == []
    assert (await try_upload(room.ann, room.id, "x.bin", b"x" * 100)).status == 201


async def test_files_may_be_switched_off(room):
    await room.admin.put("/config/patch", {"FileSettings": {"EnableFileAttachments": False}})
    refused = await try_upload(room.ann, room.id, "x.txt", b"x")
    assert (refused.status, refused.error) == (403, "api.file.attachments.disabled.app_error")


async def test_a_name_longer_than_file_systems_take_is_refused(app, room):
    assert (await try_upload(room.ann, room.id, "n" * 300 + ".txt", b"x")).error == "api.file.write_file.app_error"
    info = await upload(room.ann, room.id, "ü" * 125 + ".png", picture(4, 4))
    assert info["has_preview_image"]
