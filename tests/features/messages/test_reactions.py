"""Reacting to posts."""

import pytest
import trio

NOBODY_KNOWS = "z" * 26


def reaction(client, post, name: str = "smile") -> dict:
    return {"user_id": client.user["id"], "post_id": post["id"], "emoji_name": name}


async def test_a_reaction_is_shown_and_told(room, heard):
    post = await room.say(room.ann, "react")
    heard.clear()
    made = await room.ben.post("/reactions", reaction(room.ben, post))
    assert made.status == 200
    [told] = heard.take("reaction_added")
    assert told.channel_id == room.id
    assert (await room.ann.get(f"/posts/{post['id']}/reactions")).json() == [made.json()]
    shown = (await room.ann.get(f"/posts/{post['id']}")).json()
    assert shown["has_reactions"]
    assert shown["metadata"]["reactions"] == [made.json()]
    assert shown["update_at"] > post["update_at"]


async def test_the_same_again_stays_one(room, heard):
    post = await room.say(room.ann, "react")
    first = (await room.ben.post("/reactions", reaction(room.ben, post))).json()
    again = (await room.ben.post("/reactions", reaction(room.ben, post))).json()
    assert again["create_at"] == first["create_at"]
    assert len((await room.ann.get(f"/posts/{post['id']}/reactions")).json()) == 1
    assert len(heard.take("reaction_added")) == 2


async def test_taking_back(room, heard):
    post = await room.say(room.ann, "react")
    for name in ("smile", "+1"):
        await room.ben.post("/reactions", reaction(room.ben, post, name))
    assert (await room.ben.delete(f"/users/me/posts/{post['id']}/reactions/+1")).status == 200
    assert (await room.ann.get(f"/posts/{post['id']}")).json()["has_reactions"]
    assert (await room.ben.delete(f"/users/me/posts/{post['id']}/reactions/smile")).status == 200
    assert "has_reactions" not in (await room.ann.get(f"/posts/{post['id']}")).json()
    assert len(heard.take("reaction_removed")) == 2


async def test_reactions_of_others(room):
    post = await room.say(room.ann, "react")
    in_anothers_name = await room.ben.post("/reactions", reaction(room.ann, post))
    assert (in_anothers_name.status, in_anothers_name.error) == (403, "api.reaction.save_reaction.user_id.app_error")
    await room.ann.post("/reactions", reaction(room.ann, post))
    path = f"/users/{room.ann.user['id']}/posts/{post['id']}/reactions/smile"
    assert (await room.ben.delete(path)).status == 403
    assert (await room.admin.delete(path)).status == 200


async def test_who_may_react(room, secret, nobody):
    post, hidden = await room.say(room.ann, "open"), await secret.say(room.ann, "hidden")
    assert (await room.cid.post("/reactions", reaction(room.cid, post))).status == 403
    assert (await room.ben.post("/reactions", reaction(room.ben, hidden))).status == 403
    assert (await room.ben.post("/reactions", reaction(room.ben, {"id": NOBODY_KNOWS}))).status == 403
    assert (await nobody.post("/reactions", reaction(room.ben, post))).status == 401
    assert (await room.cid.get(f"/posts/{post['id']}/reactions")).json() is None
    for client, which in ((room.ben, hidden["id"]), (room.ben, NOBODY_KNOWS), (room.dan, post["id"])):
        assert (await client.get(f"/posts/{which}/reactions")).status == 403


@pytest.mark.parametrize(
    ("change", "status", "error"),
    [
        ({"emoji_name": ""}, 400, "api.reaction.save_reaction.invalid.app_error"),
        ({"emoji_name": "x" * 65}, 400, "api.reaction.save_reaction.invalid.app_error"),
        ({"post_id": "short"}, 400, "api.reaction.save_reaction.invalid.app_error"),
        ({"emoji_name": "not_an_emoji"}, 404, "app.emoji.get_by_name.no_result"),
    ],
)
async def test_what_is_refused(room, change, status, error):
    post = await room.say(room.ann, "react")
    refused = await room.ben.post("/reactions", {**reaction(room.ben, post), **change})
    assert (refused.status, refused.error) == (status, error)


async def test_a_post_takes_so_many_different_ones(room, app):
    await app.config_store.patch({"ServiceSettings": {"UniqueEmojiReactionLimitPerPost": 2}})
    post = await room.say(room.ann, "react")
    for name in ("smile", "tada"):
        assert (await room.ben.post("/reactions", reaction(room.ben, post, name))).status == 200
    refused = await room.ben.post("/reactions", reaction(room.ben, post, "wave"))
    assert refused.error == "app.reaction.save.save.too_many_reactions"
    assert (await room.ann.post("/reactions", reaction(room.ann, post, "tada"))).status == 200


async def test_archived_channels_and_deleted_posts(room):
    post, gone = await room.say(room.ann, "react"), await room.say(room.ann, "gone")
    await room.ben.post("/reactions", reaction(room.ben, post))
    await room.ann.delete(f"/posts/{gone['id']}")
    assert (await room.ben.post("/reactions", reaction(room.ben, gone))).status == 404
    await room.ann.delete(f"/channels/{room.id}")
    late = await room.ben.post("/reactions", reaction(room.ben, post, "tada"))
    assert late.error == "api.reaction.save.archived_channel.app_error"
    back = await room.ben.delete(f"/users/me/posts/{post['id']}/reactions/smile")
    assert back.error == "api.reaction.delete.archived_channel.app_error"


async def test_the_reactions_of_many_posts(room, secret):
    one, two, hidden = await room.say(room.ann, "1"), await room.say(room.ann, "2"), await secret.say(room.ann, "3")
    await room.ben.post("/reactions", reaction(room.ben, one))
    found = (await room.ben.post("/posts/ids/reactions", [one["id"], two["id"]])).json()
    assert {post_id: [r["emoji_name"] for r in given] for post_id, given in found.items()} == {
        one["id"]: ["smile"],
        two["id"]: [],
    }
    for ids in ([one["id"], hidden["id"]], [one["id"], NOBODY_KNOWS]):
        assert (await room.ben.post("/posts/ids/reactions", ids)).status == 403
    assert (await room.ben.post("/posts/ids/reactions", [])).status == 400


async def test_many_hands_at_one_post_do_not_lock_each_other_out(room):
    post = await room.say(room.ann, "react")
    statuses = []

    async def react_and_take_back() -> None:
        for _ in range(15):
            statuses.append((await room.ann.post("/reactions", reaction(room.ann, post))).status)
            statuses.append((await room.ann.delete(f"/users/me/posts/{post['id']}/reactions/smile")).status)

    async with trio.open_nursery() as nursery:
        for _ in range(8):
            nursery.start_soon(react_and_take_back)
    assert set(statuses) == {200}


async def test_no_reactions_where_direct_messages_are_restricted(app, room):
    direct = (await room.ann.post("/channels/direct", [room.ann.user["id"], room.dan.user["id"]])).json()
    post = (await room.ann.post("/posts", {"channel_id": direct["id"], "message": "while it was free"})).json()
    await app.config_store.patch({"TeamSettings": {"RestrictDirectMessage": "team"}})
    refused = await room.dan.post("/reactions", reaction(room.dan, post))
    assert (refused.status, refused.error) == (400, "api.reaction.save.restricted_dm.error")
    refused = await room.dan.delete(f"/users/me/posts/{post['id']}/reactions/smile")
    assert (refused.status, refused.error) == (400, "api.reaction.delete.restricted_dm.error")
