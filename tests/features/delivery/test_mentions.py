"""Whom a post mentions, who hears of it and what is counted."""

import pytest

from mmfast.features.delivery.mentions.service import find_names


async def mentioned(room, heard, message, by=None, **more):
    """The names of those whom the event mentions."""
    heard.clear()
    await room.say(by or room.ann, message, **more)
    names = {c.user["id"]: c.user["username"] for c in (room.ann, room.ben, room.cid, room.dan)}
    return {names[i] for told in heard.take("posted") for i in told.receivers.get("mentions", ())}


@pytest.mark.parametrize(
    ("message", "names"),
    [
        ("hello @ben", {"ben"}),
        ("hello @BEN.", {"ben"}),
        ("(@ben), **@ann**", {"ben"}),
        ("> @ben", {"ben"}),
        ("mail ben@example.com", set()),
        ("`@ben` ```@ben```", set()),
        ("```\n@ben\n```", set()),
        ("@channel", {"ben"}),
        ("@all", {"ben"}),
        ("@everyone", set()),
        ("@benjamin", set()),
        ("ben", set()),
        ("@cid come in", set()),
    ],
)
async def test_whom_words_mean(room, heard, message, names):
    assert await mentioned(room, heard, message) == names


async def test_keywords_follow_their_owner(room, heard):
    assert await mentioned(room, heard, "pizza, anybody?") == set()
    props = {**room.ben.user["notify_props"], "mention_keys": "Pizza,東京", "first_name": "true"}
    await room.ben.put("/users/me/patch", {"notify_props": props, "first_name": "Benno"})
    assert await mentioned(room, heard, "who wants PIZZA?") == {"ben"}
    assert await mentioned(room, heard, "pizzas for all, benno") == set()
    assert await mentioned(room, heard, "Benno is here") == {"ben"}
    assert await mentioned(room, heard, "明日は東京です") == {"ben"}
    await room.ben.delete(f"/channels/{room.id}/members/{room.ben.user['id']}")
    assert await mentioned(room, heard, "who wants pizza?") == set()


async def test_channel_wide_mentions_can_be_declined(room, heard):
    props = {**room.ben.user["notify_props"], "channel": "false"}
    await room.ben.put("/users/me/patch", {"notify_props": props})
    assert await mentioned(room, heard, "@channel") == set()
    path = f"/channels/{room.id}/members/{room.ben.user['id']}/notify_props"
    await room.ben.put(path, {"ignore_channel_mentions": "off"})
    assert await mentioned(room, heard, "@channel") == {"ben"}


async def test_a_large_channel_is_not_called(room, heard):
    await room.admin.put("/config/patch", {"TeamSettings": {"MaxNotificationsPerChannel": 1}})
    assert await mentioned(room, heard, "@here and @channel") == set()
    notices = [told.user_id for told in heard.take("ephemeral_message")]
    assert notices == [room.ann.user["id"]] * 2


async def test_the_author_is_told_of_those_outside(room, heard):
    heard.clear()
    await room.say(room.ann, "@cid, @dan and @ben")
    [told] = heard.take("ephemeral_message")
    assert told.user_id == room.ann.user["id"]
    assert "@cid did not get notified" in told.event.post.message  # dan is not in the team


async def test_mentions_are_counted_where_they_belong(room):
    async def counts():
        member = (await room.ben.get(f"/channels/{room.id}/members/me")).json()
        return member["mention_count"], member["mention_count_root"], member["urgent_mention_count"]

    await room.ben.post("/channels/members/me/view", {"channel_id": room.id})
    root = await room.say(room.ann, "@ben", metadata={"priority": {"priority": "urgent"}})
    assert await counts() == (1, 1, 1)
    await room.say(room.ann, "@ben", root_id=root["id"])
    assert await counts() == (2, 1, 1)
    await room.say(room.ben, "seen")
    assert await counts() == (0, 0, 0)


async def test_a_direct_message_is_a_mention(room, heard):
    channel = (await room.ann.post("/channels/direct", [room.ann.user["id"], room.ben.user["id"]])).json()
    heard.clear()
    made = await room.ann.post("/posts", {"channel_id": channel["id"], "message": "just you"})
    assert made.status == 201
    [told] = heard.take("posted")
    assert told.receivers["mentions"] == {room.ben.user["id"]}
    assert told.event.channel_display_name == "@ann"


async def test_replies_reach_followers(room, heard):
    root = await room.say(room.ann, "root")
    heard.clear()
    await room.say(room.ben, "reply", root_id=root["id"])
    [told] = heard.take("posted")
    assert told.receivers["followers"] == {room.ann.user["id"]}
    updates = {told.user_id: told.event for told in heard.take("thread_updated")}
    assert updates.keys() == {room.ann.user["id"], room.ben.user["id"]}
    assert updates[room.ann.user["id"]].thread.unread_replies == 1
    assert updates[room.ben.user["id"]].thread.unread_replies == 0


async def test_without_the_permission_nobody_is_called(room, heard):
    role = (await room.admin.get("/roles/name/channel_user")).json()
    kept = [p for p in role["permissions"] if p != "use_channel_mentions"]
    await room.admin.put(f"/roles/{role['id']}/patch", {"permissions": kept})
    heard.clear()
    made = await room.say(room.ben, "@channel look")
    assert made["props"] == {"mentionHighlightDisabled": True}
    assert not heard.take("posted")[0].receivers


def test_dots_after_a_name_are_not_expensive():
    assert find_names(["@" + "." * 16000]).names == [["." * n for n in range(64, 0, -1)]]
    assert find_names(["@ben..."]).names == [["ben...", "ben..", "ben.", "ben"]]
