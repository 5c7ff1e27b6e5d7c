"""Drafts, and the answers about scheduled posts."""

import pytest

NOBODY_KNOWS = "z" * 26


async def drafts(room, client) -> list | None:
    return (await client.get(f"/users/me/teams/{room.crew.team['id']}/drafts")).json()


async def test_a_draft_is_kept_for_its_user_only(room, heard):
    made = await room.ann.post("/drafts", {"channel_id": room.id, "message": "unfinished", "props": {"k": 1}})
    assert made.status == 201
    assert (made.json()["user_id"], made.json()["props"]) == (room.ann.user["id"], {"k": 1})
    assert await drafts(room, room.ann) == [made.json()]
    assert await drafts(room, room.ben) is None
    [told] = heard.take("draft_created")
    assert (told.user_id, told.channel_id) == (room.ann.user["id"], room.id)


async def test_one_draft_a_channel_and_thread(room):
    root = await room.say(room.ann, "root")
    wanted = {"channel_id": room.id, "message": "first"}
    await room.ann.post("/drafts", wanted)
    priority = {"priority": "urgent", "requested_ack": False}
    await room.ann.post("/drafts", {**wanted, "message": "second", "priority": priority})
    await room.ann.post("/drafts", {**wanted, "message": "reply", "root_id": root["id"]})
    found = {draft["message"]: draft for draft in await drafts(room, room.ann)}
    assert found.keys() == {"reply", "second"}
    assert found["second"]["priority"] == priority
    assert "priority" not in found["reply"]


async def test_an_empty_draft_is_none(room):
    await room.ann.post("/drafts", {"channel_id": room.id, "message": "m"})
    emptied = await room.ann.post("/drafts", {"channel_id": room.id, "message": ""})
    assert (emptied.status, emptied.json()) == (201, None)
    assert await drafts(room, room.ann) is None


async def test_deleting_is_told_to_the_other_clients(room, heard):
    await room.ann.post("/drafts", {"channel_id": room.id, "message": "m"})
    path = f"/users/{room.ann.user['id']}/channels/{room.id}/drafts"
    assert (await room.ben.delete(path)).status == 200
    assert await drafts(room, room.ann)
    assert (await room.ann.delete(path, headers={"connection-id": "mine"})).status == 200
    assert (await room.ann.delete(path)).status == 200
    [told] = heard.take("draft_deleted")
    assert told.omit_connection_id == "mine"


async def test_a_deleted_post_takes_the_drafts_of_answers_along(room):
    root = await room.say(room.ann, "root")
    await room.ben.post("/drafts", {"channel_id": room.id, "message": "m", "root_id": root["id"]})
    await room.ann.delete(f"/posts/{root['id']}")
    assert await drafts(room, room.ben) is None


async def test_who_left_sees_them_no_more(room):
    direct = (await room.ben.post("/channels/direct", [room.ben.user["id"], room.ann.user["id"]])).json()
    for channel_id in (room.id, direct["id"]):
        await room.ben.post("/drafts", {"channel_id": channel_id, "message": "m"})
    await room.ben.delete(f"/channels/{room.id}/members/{room.ben.user['id']}")
    assert [draft["channel_id"] for draft in await drafts(room, room.ben)] == [direct["id"]]


async def test_a_channel_deleted_for_good_takes_its_drafts_along(room, app):
    await room.ben.post("/drafts", {"channel_id": room.id, "message": "m"})
    await app.config_store.patch({"ServiceSettings": {"EnableAPIChannelDeletion": True}})
    assert (await room.admin.delete(f"/channels/{room.id}?permanent=true")).status == 200
    assert await app.db.fetchval("SELECT count(*) FROM drafts") == 0


async def test_who_may_not(room, secret, nobody):
    for client, channel_id in ((room.cid, room.id), (room.ben, secret.id), (room.ann, NOBODY_KNOWS), (room.ann, "")):
        assert (await client.post("/drafts", {"channel_id": channel_id, "message": "m"})).status == 403
    assert (await nobody.post("/drafts", {"channel_id": room.id, "message": "m"})).status == 401
    assert (await room.dan.get(f"/users/me/teams/{room.crew.team['id']}/drafts")).status == 403
    await room.ann.delete(f"/channels/{room.id}")
    late = await room.ann.post("/drafts", {"channel_id": room.id, "message": "m"})
    assert late.error == "api.draft.create_draft.can_not_draft_to_deleted.error"


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"root_id": "short"}, "model.draft.is_valid.root_id.app_error"),
        ({"message": "x" * 16_384}, "model.draft.is_valid.message_length.app_error"),
        ({"props": {"k": "x" * 8_000}}, "model.draft.is_valid.props.app_error"),
        ({"file_ids": [NOBODY_KNOWS] * 11}, "model.draft.is_valid.file_ids.app_error"),
        ({"message": 5}, "api.context.invalid_body_param.app_error"),
    ],
)
async def test_what_is_refused(room, change, error):
    refused = await room.ann.post("/drafts", {"channel_id": room.id, "message": "m", **change})
    assert (refused.status, refused.error) == (400, error)


async def test_switched_off(room, app):
    await app.config_store.patch({"ServiceSettings": {"AllowSyncedDrafts": False}})
    assert (await room.ann.post("/drafts", {"channel_id": room.id, "message": "m"})).status == 501
    assert (await room.ann.get(f"/users/me/teams/{room.crew.team['id']}/drafts")).status == 501
    assert (await room.ann.delete(f"/users/me/channels/{room.id}/drafts")).status == 501


async def test_scheduled_posts_need_a_licence(room, app):
    refused = await room.ann.post("/posts/schedule", {"channel_id": room.id, "message": "later"})
    assert (refused.status, refused.error) == (400, "api.scheduled_posts.license_error")
    await app.config_store.patch({"ServiceSettings": {"ScheduledPosts": False}})
    assert (await room.ann.post("/posts/schedule", {})).error == "api.scheduled_posts.feature_disabled"


async def test_no_drafts_where_direct_messages_are_restricted(app, room):
    direct = (await room.ann.post("/channels/direct", [room.ann.user["id"], room.dan.user["id"]])).json()
    await app.config_store.patch({"TeamSettings": {"RestrictDirectMessage": "team"}})
    refused = await room.ann.post("/drafts", {"channel_id": direct["id"], "message": "later"})
    assert (refused.status, refused.error) == (400, "api.draft.create_draft.can_not_draft_to_restricted_dm.error")
