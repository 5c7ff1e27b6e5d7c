"""Exports in bulk: what is in them, who gets them, and that nothing half is ever shown."""

import io
import json
import os
import zipfile

import pytest
import trio

from mmfast.api.context import Context
from mmfast.features.admin.exports import service
from mmfast.features.admin.exports.types import ExportWish, Tally
from mmfast.features.admin.jobs import service as jobs
from tests.features.messages.conftest import Room, room, secret  # noqa: F401  # fixtures for this module too
from tests.features.spaces.conftest import crew, heard  # noqa: F401

EVERYTHING = {f"include_{name}": "true" for name in ExportWish.__struct_fields__}


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Jobs wait for nothing."""
    monkeypatch.setattr(jobs, "GRACE_MS", -1000)


async def export(app, admin, **data) -> tuple[dict, zipfile.ZipFile, list[dict]]:
    """An export by its job: the job, the archive, the lines."""
    asked = (await admin.post("/jobs", {"type": "export_process", "data": data or None})).json()
    ctx = Context.background(app)
    taken = await jobs.take(ctx)
    assert taken is not None
    await jobs.run(ctx, taken)
    done = (await admin.get(f"/jobs/{asked['id']}")).json()
    assert done["status"] == "success", done
    answer = await admin.get(f"/exports/{asked['id']}_export.zip")
    assert answer.status == 200
    archive = zipfile.ZipFile(io.BytesIO(answer.body))
    assert archive.testzip() is None
    return done, archive, [json.loads(line) for line in archive.read("import.jsonl").splitlines()]


def of_kind(lines, kind):
    return [line[kind] for line in lines if line["type"] == kind]


async def upload(by, channel_id, name="notes.txt", content=b"some notes") -> str:
    answer = await by.post(f"/files?channel_id={channel_id}&filename={name}", data=content)
    assert answer.status == 201, answer.body
    return answer.json()["file_infos"][0]["id"]


async def test_an_export_holds_what_was_made(room: Room, app, admin):  # noqa: F811
    file_id = await upload(room.ann, room.id)
    root = await room.say(room.ann, "exported", file_ids=[file_id])
    await room.say(room.ben, "reply", root_id=root["id"])
    reaction = {"user_id": room.ben.user["id"], "post_id": root["id"], "emoji_name": "smile"}
    assert (await room.ben.post("/reactions", reaction)).status == 200
    saved = {"user_id": room.ben.user["id"], "category": "flagged_post", "name": root["id"], "value": "true"}
    assert (await room.ben.put(f"/users/{room.ben.user['id']}/preferences", [saved])).status == 200
    direct = (await room.ann.post("/channels/direct", [room.ann.user["id"], room.ben.user["id"]])).json()
    await room.ann.post("/posts", {"channel_id": direct["id"], "message": "private"})
    done, archive, lines = await export(app, admin, **EVERYTHING)
    kinds = list(dict.fromkeys(line["type"] for line in lines))
    order = ["version", "role", "team", "channel", "user", "post", "direct_channel", "direct_post"]
    assert [kind for kind in kinds if kind in order] == order
    assert lines[0]["version"] == 1
    [post] = [post for post in of_kind(lines, "post") if post["message"] == "exported"]
    assert (post["team"], post["channel"], post["user"]) == ("crew", "room", "ann")
    assert [one["emoji_name"] for one in post["reactions"]] == ["smile"]
    assert post["flagged_by"] == ["ben"]
    assert [(one["user"], one["message"]) for one in post["replies"]] == [("ben", "reply")]
    assert {one["user"] for one in post["thread_followers"]} == {"ann", "ben"}
    [attachment] = post["attachments"]
    assert archive.read("data/" + attachment["path"]) == b"some notes"
    [private] = of_kind(lines, "direct_post")
    assert (private["channel_members"], private["message"]) == (["ann", "ben"], "private")
    assert any({p["username"] for p in c["participants"]} == {"ann", "ben"} for c in of_kind(lines, "direct_channel"))
    counts = {name: int(value) for name, value in done["data"].items() if name.endswith("_exported")}
    assert counts["attachments_exported"] == 1
    assert counts["users_exported"] == len(of_kind(lines, "user"))
    assert counts["direct_posts_exported"] == 1
    assert not [line for line in lines if "Passwd" in json.dumps(line) or "$pbkdf2" in json.dumps(line)]


async def test_without_attachments_no_file_is_named(room: Room, app, admin):  # noqa: F811
    await room.say(room.ann, "plain", file_ids=[await upload(room.ann, room.id)])
    done, archive, lines = await export(app, admin)
    assert archive.namelist() == ["import.jsonl"]
    assert not any("attachments" in post for post in of_kind(lines, "post"))
    assert "attachments_exported" not in done["data"]


async def test_what_is_gone_is_not_exported(room: Room, secret: Room, app, admin):  # noqa: F811
    root = await room.say(room.ann, "root")
    reply = await room.say(room.ben, "deleted reply", root_id=root["id"])
    gone = await room.say(room.ann, "deleted root")
    for post, by in ((reply, room.ben), (gone, room.ann)):
        assert (await by.delete(f"/posts/{post['id']}")).status == 200
    await secret.say(room.ann, "archived")
    assert (await room.ann.delete(f"/channels/{secret.id}")).status == 200
    _, archive, lines = await export(app, admin)
    text = archive.read("import.jsonl").decode()
    assert "deleted r" not in text
    assert "archived" not in text
    _, _, lines = await export(app, admin, include_archived_channels="true")
    assert [c["deleted_at"] > 0 for c in of_kind(lines, "channel") if c["name"] == "secret"] == [True]
    assert "archived" in [post["message"] for post in of_kind(lines, "post")]


async def test_a_file_that_the_store_lacks_is_left_out_of_lines_and_files(room: Room, app, admin):  # noqa: F811
    file_id = await upload(room.ann, room.id)
    await room.say(room.ann, "lost", file_ids=[file_id])
    await app.files.delete(await app.db.fetchval("SELECT path FROM fileinfo WHERE id = $1", file_id))
    _, archive, lines = await export(app, admin, include_attachments="true")
    assert archive.namelist() == ["import.jsonl"]
    [post] = [post for post in of_kind(lines, "post") if post["message"] == "lost"]
    assert "attachments" not in post


async def test_an_export_goes_through_all_batches(room: Room, app, admin, monkeypatch):  # noqa: F811
    for module in (service.posts, service.people, service.places):
        monkeypatch.setattr(module, "BATCH", 2)
    said = [(await room.say(room.ann, f"number {n}"))["message"] for n in range(7)]
    _, _, lines = await export(app, admin)
    assert sorted(p["message"] for p in of_kind(lines, "post") if p["message"] in said) == said
    assert {"sysadmin", "ann", "ben", "cid", "dan"} <= {one["username"] for one in of_kind(lines, "user")}


async def test_a_broken_off_export_leaves_nothing(room: Room, app, admin):  # noqa: F811
    for n in range(3):
        await room.say(room.ann, f"number {n}")
    ctx = Context.background(app)
    with trio.CancelScope() as scope:
        await service.export_to_store(ctx, "x_export.zip", ExportWish(), Tally(lambda tally: scope.cancel()))
    assert scope.cancelled_caught
    assert (await admin.get("/exports")).json() == []


async def test_exports_are_listed_fetched_in_parts_and_deleted(app, admin):
    done, _, _ = await export(app, admin)
    name = f"{done['id']}_export.zip"
    assert (await admin.get("/exports")).json() == [name]
    whole = await admin.get(f"/exports/{name}")
    assert whole.headers["content-type"] == "application/zip"
    assert whole.headers["accept-ranges"] == "bytes"
    part = await admin.get(f"/exports/{name}", headers={"range": "bytes=0-1"})
    assert (part.status, part.body) == (206, whole.body[:2])
    assert (await admin.delete(f"/exports/{name}")).status == 200
    assert (await admin.delete(f"/exports/{name}")).status == 200
    assert (await admin.get(f"/exports/{name}")).error == "api.export.export_not_found.app_error"
    assert (await admin.get("/exports/nothing.txt")).error == "api.context.404.app_error"


async def test_no_name_leads_out_of_the_folder(app, admin):
    await app.files.write("outside.zip", b"secret")
    for name in ("../outside.zip", "..%2Foutside.zip", "a/../../outside.zip"):
        assert (await admin.get(f"/exports/{name}")).status in (301, 404)
        assert (await admin.delete(f"/exports/{name}")).status in (200, 301, 404)
    assert await app.files.read("outside.zip") == b"secret"


async def test_only_who_manages_the_system_has_exports(app, admin, nobody):
    user = await admin.sign_up("user")
    for method, path in (
        ("GET", "/exports"),
        ("GET", "/exports/x.zip"),
        ("DELETE", "/exports/x.zip"),
        ("POST", "/exports/x.zip/presign-url"),
    ):
        assert (await nobody.call(method, path)).status == 401
        assert (await user.call(method, path)).error == "api.context.permissions.app_error"
    refused = await admin.post("/exports/x.zip/presign-url")
    assert refused.error == "app.eport.generate_presigned_url.featureflag.app_error"


async def test_old_exports_are_cleared_away(app, admin):
    done, _, _ = await export(app, admin)
    name = f"{done['id']}_export.zip"
    ctx = Context.background(app)
    await service.delete_old(ctx)
    assert (await admin.get("/exports")).json() == [name]
    os.utime(app.files.find_path(f"export/{name}"), (1_000_000_000, 1_000_000_000))
    await service.delete_old(ctx)
    assert (await admin.get("/exports")).json() == []
