"""Uploads in parts: begun, broken off, gone on with, finished."""

import os

import pytest
import trio

from mmfast.api.context import Context
from mmfast.features.messages.uploads import service
from mmfast.wire.request import Disconnected
from tests.client import Body
from tests.features.messages.test_file_uploads import files_on_disk
from tests.features.messages.uploading import form, picture

UNKNOWN = "z" * 26
NO_BOUNDARY = {"content-type": "multipart/form-data"}


async def begin(by, channel_id: str, size: int, name: str = "whole.bin") -> dict:
    """A new upload."""
    made = await by.post("/uploads", {"channel_id": channel_id, "filename": name, "file_size": size})
    assert made.status == 201, made.body
    return made.json()


@pytest.fixture
def small_parts(monkeypatch):
    """First parts may be small here."""
    monkeypatch.setattr(service, "MIN_FIRST_PART", 4)


async def test_parts_become_one_file(app, room, small_parts):
    up = await begin(room.ann, room.id, 10)
    route = f"/uploads/{up['id']}"
    for part, offset in ((b"01234", 5), (b"567", 8)):
        taken = await room.ann.post(route, data=part)
        assert (taken.status, taken.body) == (204, b"")
        assert (await room.ann.get(route)).json()["file_offset"] == offset
    assert [u["id"] for u in (await room.ann.get("/users/me/uploads")).json()] == [up["id"]]
    done = await room.ann.post(route, data=b"89")
    assert (done.status, done.json()["size"]) == (200, 10)
    assert (await room.ann.get(f"/files/{done.json()['id']}")).body == b"0123456789"
    assert (await room.ann.get(route)).error == "app.upload.get.app_error"
    assert len(files_on_disk(app)) == 1


async def test_what_a_broken_connection_brought_counts(app, room, small_parts, monkeypatch):
    up = await begin(room.ann, room.id, 10)

    async def receive(self):
        if self._pieces:
            return self._pieces.pop()
        raise Disconnected

    with monkeypatch.context() as patch:
        patch.setattr(Body, "receive", receive)
        await room.ann.post(f"/uploads/{up['id']}", data=b"01234")
    assert (await room.ann.get(f"/uploads/{up['id']}")).json()["file_offset"] == 5
    done = await room.ann.post(f"/uploads/{up['id']}", data=b"56789")
    assert (await room.ann.get(f"/files/{done.json()['id']}")).body == b"0123456789"


async def test_of_several_that_send_the_same_part_one_is_heard(app, room, small_parts, monkeypatch):
    up = await begin(room.ann, room.id, 8)
    answers, under_way, all_under_way = [], [], trio.Event()

    async def receive(self):
        """Gives the body when all requests have been let in."""
        if not self._pieces:
            return b""
        under_way.append(self)
        if len(under_way) == 3:
            all_under_way.set()
        await all_under_way.wait()
        return self._pieces.pop()

    async def send():
        answers.append(await room.ann.post(f"/uploads/{up['id']}", data=b"0123"))

    with monkeypatch.context() as patch:
        patch.setattr(Body, "receive", receive)
        async with trio.open_nursery() as nursery:
            for _ in range(3):
                nursery.start_soon(send)
    assert sorted(a.status for a in answers) == [204, 400, 400]
    assert {a.error for a in answers if a.status == 400} == {"app.upload.upload_data.concurrent.app_error"}
    done = await room.ann.post(f"/uploads/{up['id']}", data=b"4567")
    assert (await room.ann.get(f"/files/{done.json()['id']}")).body == b"01234567"
    assert len(files_on_disk(app)) == 1


async def test_parts_that_do_not_fit(app, room):
    up = await begin(room.ann, room.id, 10)
    route = f"/uploads/{up['id']}"
    for options, error in (
        ({"data": b"0" * 11}, "api.upload.upload_data.invalid_content_length"),
        ({"data": b"0" * 9}, "app.upload.upload_data.first_part_too_small.app_error"),
        (form(("data", "x", b"0" * 11)), "api.upload.upload_data.invalid_content_length"),
        (form(("data", None, b"0" * 10)), "api.upload.upload_data.multipart_error"),
        ({"data": b"x", "headers": NO_BOUNDARY}, "api.upload.upload_data.invalid_content_type"),
    ):
        refused = await room.ann.post(route, **options)
        assert (refused.status, refused.error) == (400, error)
    assert files_on_disk(app) == []
    assert (await room.ann.post(route, **form(("data", "x", b"0" * 10)))).status == 200


async def test_whose_upload_it_is(room, secret, nobody):
    up = await begin(room.ann, room.id, 4)
    route = f"/uploads/{up['id']}"
    for who, seen, sent in ((room.ben, 403, 403), (room.admin, 200, 403), (nobody, 401, 401)):
        assert (await who.get(route)).status == seen
        assert (await who.post(route, data=b"0123")).status == sent
    assert (await room.ben.get(f"/users/{room.ann.user['id']}/uploads")).status == 403
    assert (await room.ann.post(f"/uploads/{UNKNOWN}", data=b"x")).status == 404
    body = {"channel_id": secret.id, "filename": "x", "file_size": 4}
    for who in (room.ben, room.dan):
        assert (await who.post("/uploads", body)).status == 403
    assert (await room.ann.post("/uploads", {**body, "type": "import"})).status == 403


async def test_who_was_put_out_of_the_channel_cannot_finish(secret):
    await secret.crew.join({"id": secret.id}, secret.ann, secret.ben)
    up = await begin(secret.ben, secret.id, 4)
    await secret.ann.delete(f"/channels/{secret.id}/members/{secret.ben.user['id']}")
    assert (await secret.ben.post(f"/uploads/{up['id']}", data=b"0123")).status == 403


async def test_no_name_leaves_its_folder(app, room):
    for name in ("../../evil.sh", "..", "", "/etc/passwd"):
        up = await begin(room.ann, room.id, 1, name)
        assert (await room.ann.post(f"/uploads/{up['id']}", data=b"x")).status == 200
    assert [path.split("/")[-1] for path in files_on_disk(app)].count("file") == 2
    assert all("/teams/noteam/channels/" in path for path in files_on_disk(app))


async def test_an_import_waits_for_the_importer(app, room):
    made = await room.admin.post("/uploads", {"filename": "data.zip", "file_size": 2, "type": "import"})
    up = made.json()
    assert "channel_id" not in up
    assert (await room.admin.post(f"/uploads/{up['id']}", data=b"PK")).status == 200
    assert files_on_disk(app) == [f"import/{up['id']}_data.zip"]
    assert await app.db.fetchval("SELECT count(*) FROM fileinfo") == 0


async def test_a_picture_gets_its_pictures_afterwards(room):
    content = picture(40, 30)
    up = await begin(room.ann, room.id, len(content), "pic.png")
    info = (await room.ann.post(f"/uploads/{up['id']}", data=content)).json()
    assert (info["width"], info["height"]) == (40, 30)
    with trio.fail_after(10):
        while (await room.ann.get(f"/files/{info['id']}/thumbnail")).status != 200:
            await trio.lowlevel.checkpoint()  # drawn in the background
    assert (await room.ann.get(f"/files/{info['id']}/info")).json()["has_preview_image"]


async def test_a_picture_with_too_many_pixels_ends_its_upload(app, room):
    await room.admin.put("/config/patch", {"FileSettings": {"MaxImageResolution": 100}})
    content = picture(40, 30)
    up = await begin(room.ann, room.id, len(content), "pic.png")
    refused = await room.ann.post(f"/uploads/{up['id']}", data=content)
    assert (refused.status, refused.error) == (400, "app.upload.upload_data.large_image.app_error")
    assert (await room.ann.get(f"/uploads/{up['id']}")).status == 404
    assert files_on_disk(app) == []


async def test_what_nobody_finishes_is_removed(app, room, small_parts):
    old, new = await begin(room.ann, room.id, 10), await begin(room.ann, room.id, 10)
    for up in (old, new):
        assert (await room.ann.post(f"/uploads/{up['id']}", data=b"01234")).status == 204
    await app.db.execute("UPDATE uploadsessions SET createat = 1 WHERE id = $1", old["id"])
    left = app.files.root / "arriving" / ".partial-of-a-crash"
    left.write_bytes(b"x")
    os.utime(left, (1, 1))
    await service.remove_abandoned(Context(app))
    assert [path.split("/")[1] for path in files_on_disk(app)] == [new["id"]]
    assert (await room.ann.get(f"/uploads/{old['id']}")).status == 404
