"""What is exported and imported into an empty server exports the same again, but for ids."""

import io

import pytest
from PIL import Image

from bench.migration.compare import differences
from mmfast.api.context import Context
from mmfast.db.pool import Database
from mmfast.features.admin.exports.service import export_to_file
from mmfast.features.admin.exports.types import ExportWish, Tally
from mmfast.features.admin.jobs import service as jobs
from mmfast.platform.config.store import ConfigStore
from mmfast.server import running_app
from tests.features.messages.conftest import Room, room, secret  # noqa: F401  # fixtures for this module too
from tests.features.spaces.conftest import crew, heard  # noqa: F401

EVERYTHING = ExportWish(attachments=True, archived_channels=True, profile_pictures=True, roles_and_schemes=True)


@pytest.fixture
async def empty_app(postgres_server, tmp_path):
    """Another server, on which nobody has signed up."""
    dsn = await postgres_server.take_migrated()
    folder = tmp_path / "other"
    folder.mkdir()
    config = await ConfigStore.open(None, folder)
    async with Database.open(dsn) as db, running_app(config, db, folder) as (app, _):
        yield app
    await postgres_server.give_back(dsn)


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (200, 200), "red").save(out, "PNG")
    return out.getvalue()


async def upload(by, channel_id, name, content):
    answer = await by.post(f"/files?channel_id={channel_id}&filename={name}", data=content)
    assert answer.status == 201, answer.body
    return answer.json()["file_infos"][0]["id"]


async def live(room: Room, secret: Room) -> None:  # noqa: F811
    """What people do in a few minutes."""
    ann, ben, cid = room.ann, room.ben, room.cid
    text = await upload(ann, room.id, "notes.txt", b"some notes")
    image = await upload(ann, room.id, "red.png", picture())
    root = await room.say(ann, "with **files** #tag @ben", file_ids=[image, text], props={"mine": {"deep": [1, 2]}})
    reply = await room.say(ben, "a reply", root_id=root["id"])
    await room.say(ann, "another", root_id=root["id"], file_ids=[await upload(ann, room.id, "more.txt", b"more")])
    for by, post, emoji in ((ben, root, "smile"), (ann, reply, "+1"), (ben, reply, "heart")):
        reaction = {"user_id": by.user["id"], "post_id": post["id"], "emoji_name": emoji}
        assert (await by.post("/reactions", reaction)).status == 200
    assert (await ann.post(f"/posts/{root['id']}/pin")).status == 200
    saved = {"user_id": ben.user["id"], "category": "flagged_post", "name": root["id"], "value": "true"}
    assert (await ben.put(f"/users/{ben.user['id']}/preferences", [saved])).status == 200
    assert (await ann.put(f"/posts/{reply['id']}/patch", {"message": "no"})).status == 403
    assert (await ben.put(f"/posts/{reply['id']}/patch", {"message": "an edited reply"})).status == 200
    await secret.say(ann, "hidden")
    direct = (await ann.post("/channels/direct", [ann.user["id"], ben.user["id"]])).json()
    psst = (await ann.post("/posts", {"channel_id": direct["id"], "message": "psst"})).json()
    await ben.post("/posts", {"channel_id": direct["id"], "message": "what", "root_id": psst["id"]})
    itself = (await ann.post("/channels/direct", [ann.user["id"], ann.user["id"]])).json()
    await ann.post("/posts", {"channel_id": itself["id"], "message": "a note to myself"})
    group = (await ann.post("/channels/group", [ann.user["id"], ben.user["id"], cid.user["id"]])).json()
    await cid.post("/posts", {"channel_id": group["id"], "message": "all three"})
    profile = {"nickname": "Annie", "first_name": "Ann", "last_name": "Lee", "position": "boss", "locale": "de"}
    assert (await ann.put("/users/me/patch", profile)).status == 200
    preferences = [
        {"user_id": ann.user["id"], "category": "display_settings", "name": "use_military_time", "value": "true"},
        {"user_id": ann.user["id"], "category": "favorite_channel", "name": room.id, "value": "true"},
    ]
    assert (await ann.put(f"/users/{ann.user['id']}/preferences", preferences)).status == 200


async def export(app, file):
    await export_to_file(Context.background(app), file, EVERYTHING, Tally(lambda tally: None))
    return file


async def import_into(app, file):
    ctx = Context.background(app)
    await app.files.write("import/moved.zip", file.read_bytes())
    job = await jobs.create_job(ctx, "import_process", {"import_file": "moved.zip"})
    taken = await jobs.take(ctx)
    assert taken is not None
    await jobs.run(ctx, taken)
    done = await jobs.get_job(ctx, job.id)
    assert done.status == "success", done


async def test_nothing_is_lost_on_the_way(room: Room, secret: Room, app, empty_app, tmp_path, monkeypatch):  # noqa: F811
    monkeypatch.setattr(jobs, "GRACE_MS", -1000)
    await live(room, secret)
    first = await export(app, tmp_path / "first.zip")
    await import_into(empty_app, first)
    second = await export(empty_app, tmp_path / "second.zip")
    assert list(differences(first, second)) == []
