"""Giving files out: to whom, as what, and which part of them."""

import pytest

from tests.features.messages.uploading import picture, upload

UNKNOWN = "z" * 26


@pytest.mark.parametrize(
    ("name", "kind", "how"),
    [
        ("page.html", "text/plain", "attachment"),
        ("page.HTM", "text/plain", "attachment"),
        ("page.xhtml", "text/plain", "attachment"),
        ("code.js", "text/plain", "attachment"),
        ("code.mjs", "text/plain", "attachment"),
        ("drawing.svg", "image/svg+xml", "attachment"),
        ("feed.xml", "text/xml; charset=utf-8", "attachment"),
        ("book.pdf", "application/pdf", "attachment"),
        ("tool.exe", "application/octet-stream", "attachment"),
        ("nothing", "application/octet-stream", "attachment"),
        ("picture.png", "image/png", "inline"),
        ("film.mp4", "video/mp4", "inline"),
        ("song.mp3", "audio/mpeg", "inline"),
    ],
)
async def test_nothing_that_could_run_is_shown_in_the_browser(room, name, kind, how):
    info = await upload(room.ann, room.id, name, b"<script>alert(1)</script>")
    answer = await room.ben.get(f"/files/{info['id']}")
    assert answer.headers["content-type"] == kind
    assert answer.headers["content-disposition"].partition(";")[0] == how
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "Frame-ancestors 'none'"
    assert answer.headers["x-frame-options"] == "DENY"
    forced = await room.ben.get(f"/files/{info['id']}?download=1")
    assert forced.headers["content-disposition"].startswith("attachment;")


@pytest.mark.parametrize(
    ("field", "status", "body", "content_range"),
    [
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=-30", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=8-90", 206, b"89", "bytes 8-9/10"),
        ("bytes=10-", 416, None, "bytes */10"),
        ("bytes=-0", 416, None, "bytes */10"),
        ("bytes=4-2", 416, None, None),
        ("bytes=", 416, None, None),
        ("bytes=a-b", 416, None, None),
        ("lines=1-2", 416, None, None),
        ("bytes=0-1,3-4", 200, b"0123456789", None),
    ],
)
async def test_a_part_of_a_file(room, field, status, body, content_range):
    info = await upload(room.ann, room.id, "n.txt", b"0123456789")
    answer = await room.ben.get(f"/files/{info['id']}", headers={"range": field})
    assert (answer.status, answer.headers.get("content-range")) == (status, content_range)
    if body is not None:
        assert answer.body == body


async def test_conditions_on_the_date(room):
    info = await upload(room.ann, room.id)
    whole = await room.ben.get(f"/files/{info['id']}")
    changed = whole.headers["last-modified"]
    early, nonsense = "Mon, 01 Jan 2001 00:00:00 GMT", "yesterday"
    for header, value, status in (
        ("if-modified-since", changed, 304),
        ("if-modified-since", early, 200),
        ("if-modified-since", nonsense, 200),
        ("if-unmodified-since", changed, 200),
        ("if-unmodified-since", early, 412),
    ):
        assert (await room.ben.get(f"/files/{info['id']}", headers={header: value})).status == status
    for value, status in ((changed, 206), (early, 200)):
        answer = await room.ben.get(f"/files/{info['id']}", headers={"range": "bytes=0-1", "if-range": value})
        assert answer.status == status


async def test_who_may_read_a_file(room, secret, nobody):
    public, hidden = await upload(room.ann, room.id), await upload(secret.ann, secret.id)
    for route in ("", "/info"):
        for who, status in ((room.ann, 200), (room.ben, 200), (room.cid, 200), (room.dan, 403), (nobody, 401)):
            assert (await who.get(f"/files/{public['id']}{route}")).status == status
        for who, status in ((room.ann, 200), (room.ben, 403), (room.admin, 200)):
            assert (await who.get(f"/files/{hidden['id']}{route}")).status == status
    for route in ("", "/info", "/preview", "/thumbnail", "/link"):
        assert (await room.ben.get(f"/files/{hidden['id']}{route}")).status == 403
        assert (await room.ann.get(f"/files/{UNKNOWN}{route}")).status in (403, 404)
        assert (await room.ann.get(f"/files/short{route}")).status == 400


async def test_who_has_left_a_private_channel_reads_its_files_no_more(room, secret):
    await secret.crew.join({"id": secret.id}, secret.ann, secret.ben)
    info = await upload(secret.ann, secret.id)
    assert (await secret.ben.get(f"/files/{info['id']}")).status == 200
    await secret.ann.delete(f"/channels/{secret.id}/members/{secret.ben.user['id']}")
    assert (await secret.ben.get(f"/files/{info['id']}")).status == 403


async def test_a_file_whose_content_is_lost_is_not_found(app, room):
    info = await upload(room.ann, room.id)
    await app.files.delete_folder((await _path(app, info["id"])).split("/")[0])
    lost = await room.ben.get(f"/files/{info['id']}")
    assert (lost.status, lost.error) == (404, "api.file.file_reader.app_error")


async def _path(app, file_id: str) -> str:
    return await app.db.fetchval("SELECT path FROM fileinfo WHERE id = $1", file_id)


async def test_a_store_elsewhere_is_streamed(app, room, monkeypatch):
    monkeypatch.setattr(type(app.files), "find_path", lambda self, name: None)
    info = await upload(room.ann, room.id, "pic.png", picture(30, 20))
    whole = await room.ben.get(f"/files/{info['id']}")
    assert whole.body == picture(30, 20)
    assert (await room.ben.get(f"/files/{info['id']}/thumbnail")).status == 200
    part = await room.ben.get(f"/files/{info['id']}", headers={"range": "bytes=1-3"})
    assert part.body == b"PNG"
