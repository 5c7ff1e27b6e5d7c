"""Making, reading and deleting single posts."""

import pytest
import trio

from mmfast.features.messages.posts import service
from mmfast.features.messages.posts.types import MAX_RUNES

NOBODY_KNOWS = "z" * 26


async def test_a_post_can_be_read_by_members_and_the_team(room):
    made = await room.say(room.ann, "Hello **world** #greeting", props={"from_test": [1, None]})
    assert made["hashtags"] == "#greeting"
    assert made["user_id"] == room.ann.user["id"]
    for reader in (room.ann, room.ben, room.cid):
        read = await reader.get(f"/posts/{made['id']}")
        assert read.json() == made
    assert (await room.dan.get(f"/posts/{made['id']}")).status == 403


async def test_who_may_write(room, secret, nobody):
    for channel in (room.id, secret.id, "short", NOBODY_KNOWS, ""):
        answer = await room.cid.post("/posts", {"channel_id": channel, "message": "let me in"})
        assert (answer.status, answer.error) == (403, "api.context.permissions.app_error")
    assert (await nobody.post("/posts", {"channel_id": room.id, "message": "m"})).status == 401
    assert (await room.admin.post("/posts", {"channel_id": secret.id, "message": "m"})).status == 201
    await room.ann.delete(f"/channels/{room.id}")
    late = await room.ben.post("/posts", {"channel_id": room.id, "message": "too late"})
    assert late.error == "api.post.create_post.can_not_post_to_deleted.error"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"message": "x" * (MAX_RUNES + 1)}, "model.post.is_valid.message_length.app_error"),
        ({"message": "m", "id": NOBODY_KNOWS}, "app.post.save.existing.app_error"),
        ({"message": "m", "type": "system_join_channel"}, "api.context.invalid_param.app_error"),
        ({"message": "m", "type": "odd"}, "model.post.is_valid.type.app_error"),
        ({"message": "m", "root_id": "short"}, "api.post.create_post.root_id.app_error"),
        ({"message": "m", "root_id": NOBODY_KNOWS}, "api.post.create_post.root_id.app_error"),
        ({"message": "no \x00 please"}, "app.post.save.app_error"),
        ({"message": 5}, "api.context.invalid_body_param.app_error"),
    ],
)
async def test_what_is_refused(room, body, error):
    answer = await room.ann.post("/posts", {"channel_id": room.id, **body})
    assert (answer.status, answer.error) == (400, error)


async def test_only_administrators_choose_the_time_and_nobody_the_author(room):
    then = 1_577_836_800_000
    by_ann = await room.say(room.ann, "m", create_at=then, user_id=room.ben.user["id"])
    assert by_ann["create_at"] > then
    assert by_ann["user_id"] == room.ann.user["id"]
    assert (await room.say(room.admin, "m", create_at=then))["create_at"] == then


async def test_props_that_only_the_server_sets_are_dropped(room):
    made = await room.say(room.ann, "m", props={"add_channel_member": {}, "force_notification": True, "mine": 1})
    assert made["props"] == {"mine": 1}


async def test_a_repeated_request_makes_one_post(room, heard):
    pending = room.ann.user["id"] + ":1577836800000"
    heard.clear()
    first = await room.say(room.ann, "once", pending_post_id=pending)
    again = await room.say(room.ann, "once more", pending_post_id=pending)
    assert (again["id"], again["message"]) == (first["id"], "once")
    assert len(heard.take("posted")) == 1
    assert (await room.ann.get(f"/posts/{first['id']}")).json()["pending_post_id"] == ""


async def test_a_repetition_that_meets_another_workers_post_is_told_once_to_each_client(room, heard, app):
    pending = room.ann.user["id"] + ":1577836800000"
    heard.clear()
    first = await room.say(room.ann, "once", pending_post_id=pending)
    told = heard.take("posted")
    app.caches.drop(service.WRITING.name, None)  # as in a worker that did not write it
    again = await room.say(room.ann, "once", pending_post_id=pending)
    assert again["id"] == first["id"]
    assert [item.key for item in told + heard.take("posted")] == [first["id"]] * 2  # of one key, so heard once
    await room.say(room.ann, "once", pending_post_id=pending)
    assert not heard.take("posted")


async def test_repetitions_at_the_same_time_make_one_post(room, heard):
    pending = room.ann.user["id"] + ":1577836800000"
    heard.clear()
    made = []

    async def send():
        made.append((await room.say(room.ann, "once", pending_post_id=pending))["id"])

    async with trio.open_nursery() as nursery:
        for _ in range(5):
            nursery.start_soon(send)
    assert len(set(made)) == 1
    assert len(heard.take("posted")) == 1


async def test_nobody_can_take_the_name_of_anothers_post(room):
    pending = room.ann.user["id"] + ":1577836800000"
    taken = await room.say(room.ben, "ben was here", pending_post_id=pending)
    made = await room.say(room.ann, "ann's own words", pending_post_id=pending)
    assert made["id"] != taken["id"]
    assert made["message"] == "ann's own words"


async def test_a_deleted_post_does_not_swallow_its_repetition(room):
    pending = room.ann.user["id"] + ":1577836800000"
    first = await room.say(room.ann, "once", pending_post_id=pending)
    await room.ann.delete(f"/posts/{first['id']}")
    again = await room.say(room.ann, "again", pending_post_id=pending)
    assert again["id"] != first["id"]


def test_the_id_of_a_pending_post_is_an_id():
    assert service.id_of_pending("a:1") != service.id_of_pending("a:2")
    assert len(service.id_of_pending("a:1")) == 26


async def test_etags(room):
    made = await room.say(room.ann, "read me")
    read = await room.ben.get(f"/posts/{made['id']}")
    known = {"if-none-match": read.headers["etag"]}
    assert (await room.ben.get(f"/posts/{made['id']}", headers=known)).status == 304
    await room.ann.put(f"/posts/{made['id']}/patch", {"message": "changed"})
    assert (await room.ben.get(f"/posts/{made['id']}", headers=known)).status == 200


async def test_posts_by_ids_leave_out_what_one_may_not_read(room, secret):
    open_post, hidden = await room.say(room.ann, "open"), await secret.say(room.ann, "hidden")
    found = (await room.ben.post("/posts/ids", [hidden["id"], open_post["id"], NOBODY_KNOWS])).json()
    assert [post["id"] for post in found] == [open_post["id"]]
    assert (await room.ben.post("/posts/ids", [NOBODY_KNOWS])).status == 404
    assert (await room.ben.post("/posts/ids", [])).error == "api.context.invalid_body_param.app_error"
    assert (await room.ben.post("/posts/ids", {"ids": []})).error == "api.payload.parse.error"
    many = [str(n).rjust(26, "a") for n in range(1001)]
    assert (await room.ben.post("/posts/ids", many)).error == "api.post.posts_by_ids.invalid_body.request_error"


async def test_deleting_hides_the_words_from_everybody(room, heard):
    made = await room.say(room.ann, "regretted")
    assert (await room.ben.delete(f"/posts/{made['id']}")).status == 403
    assert (await room.ann.delete(f"/posts/{made['id']}")).status == 200
    plain, sensitive = sorted(heard.take("post_deleted"), key=lambda told: told.contains_sensitive_data)
    assert plain.contains_sanitized_data
    assert plain.event.delete_by is not room.ann.user["id"]
    assert sensitive.event.delete_by == room.ann.user["id"]
    assert (await room.ann.get(f"/posts/{made['id']}")).status == 404
    assert (await room.ann.get(f"/posts/{made['id']}?include_deleted=true")).status == 403
    shown = (await room.admin.get(f"/posts/{made['id']}?include_deleted=true")).json()
    assert (shown["message"], shown["props"]) == ("", {"deleteBy": room.ann.user["id"]})


async def test_deleting_a_root_deletes_its_replies(room):
    root = await room.say(room.ann, "root")
    reply = await room.say(room.ben, "reply", root_id=root["id"])
    await room.ann.delete(f"/posts/{root['id']}")
    assert (await room.ben.get(f"/posts/{reply['id']}")).status == 404


async def test_removing_for_good(room, app):
    made = await room.say(room.ann, "for good")
    path = f"/posts/{made['id']}?permanent=true"
    assert (await room.admin.delete(path)).error == "api.post.delete_post.not_enabled.app_error"
    await room.admin.put("/config/patch", {"ServiceSettings": {"EnableAPIPostDeletion": True}})
    assert (await room.ann.delete(path)).status == 403
    assert (await room.admin.delete(path)).status == 200
    assert await app.db.fetchval("SELECT count(*) FROM posts WHERE id = $1", made["id"]) == 0


async def test_priority(room):
    urgent = await room.say(room.ann, "look", metadata={"priority": {"priority": "urgent"}})
    assert urgent["metadata"]["priority"]["priority"] == "urgent"
    read = (await room.ben.get(f"/posts/{urgent['id']}")).json()
    assert read["metadata"]["priority"]["PostId"] == urgent["id"]
    refused = {"channel_id": room.id, "message": "m", "metadata": {"priority": {"priority": "", "requested_ack": True}}}
    assert (await room.ann.post("/posts", refused)).status == 501
    on_reply = {**refused, "root_id": urgent["id"]}
    assert (await room.ann.post("/posts", on_reply)).status == 400


async def test_attachments_are_completed_and_their_integrations_hidden(room):
    button = {"name": "Go", "integration": {"url": "http://127.0.0.1:1/x", "context": {"secret": 1}}}
    made = await room.say(room.ann, "m", props={"attachments": [{"text": "t", "actions": [button]}]})
    [attachment] = made["props"]["attachments"]
    assert (attachment["text"], attachment["pretext"], attachment["fields"]) == ("t", "", None)
    [action] = attachment["actions"]
    assert action.keys() == {"id", "name"}
    assert made["metadata"]["embeds"] == [{"type": "message_attachment"}]
    assert b"secret" not in (await room.ben.get(f"/channels/{room.id}/posts")).body


async def test_a_link_to_a_post_shows_it_to_who_may_read_it(room, secret, heard):
    await room.admin.put("/config/patch", {"ServiceSettings": {"SiteURL": "http://here"}})
    hidden = await secret.say(room.ann, "the hidden words")
    heard.clear()
    made = await room.say(room.ann, f"see http://here/crew/pl/{hidden['id']}")
    [embed] = made["metadata"]["embeds"]
    assert embed["data"]["post"]["message"] == "the hidden words"
    read = await room.ben.get(f"/posts/{made['id']}")
    assert read.json()["metadata"] == {}
    assert read.json()["props"] == {}
    told = {b"hidden words" in bytes(news.event.post): news.only_users for news in heard.take("posted")}
    assert told == {True: {room.ann.user["id"]}, False: {room.ben.user["id"]}}


async def test_info_about_where_a_post_is(room, secret):
    post, hidden = await room.say(room.ann, "m"), await secret.say(room.ann, "m")
    info = (await room.cid.get(f"/posts/{post['id']}/info")).json()
    assert (info["has_joined_channel"], info["has_joined_team"]) == (False, True)
    for outsider, which in ((room.cid, hidden), (room.dan, post)):
        assert (await outsider.get(f"/posts/{which['id']}/info")).status == 404


async def test_no_previews_of_linked_posts_where_they_are_off(room):
    await room.admin.put("/config/patch", {"ServiceSettings": {"SiteURL": "http://here"}})
    linked = await room.say(room.ann, "the words")
    text = f"see http://here/crew/pl/{linked['id']}"
    before = await room.say(room.ann, text)
    assert before["metadata"]["embeds"]
    await room.admin.put("/config/patch", {"ServiceSettings": {"EnablePermalinkPreviews": False}})
    assert (await room.ann.get(f"/posts/{before['id']}")).json()["metadata"] == {}
    after = await room.say(room.ann, text)
    assert (after["metadata"], after["props"]) == ({}, {})
