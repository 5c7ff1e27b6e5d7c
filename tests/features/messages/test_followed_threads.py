"""The list of followed threads; following and unfollowing."""

import pytest

NOBODY_KNOWS = "z" * 26


@pytest.fixture
async def root(room):
    return await room.say(room.ann, "root")


def threads_of(room, client) -> str:
    return f"/users/{client.user['id']}/teams/{room.crew.team['id']}/threads"


async def listed(room, client, query: str = "") -> dict:
    return (await client.get(threads_of(room, client) + query)).json()


async def test_replying_makes_author_and_replier_follow(room, root):
    assert (await room.ann.get(f"{threads_of(room, room.ann)}/{root['id']}")).status == 404
    await room.say(room.ben, "reply", root_id=root["id"])
    for client, unread in ((room.ann, 1), (room.ben, 0)):
        found = await listed(room, client)
        assert (found["total"], found["total_unread_threads"]) == (1, unread)
        [thread] = found["threads"]
        assert (thread["id"], thread["reply_count"], thread["unread_replies"]) == (root["id"], 1, unread)
        assert [user["id"] for user in thread["participants"]] == [room.ben.user["id"]]
    assert (await listed(room, room.cid))["threads"] == []


async def test_who_replied_is_told_in_full_if_asked(room, root):
    await room.say(room.ben, "reply", root_id=root["id"])
    assert (await listed(room, room.ann))["threads"][0]["participants"][0]["username"] == ""
    [thread] = (await listed(room, room.ann, "?extended=true"))["threads"]
    assert thread["participants"][0]["username"] == "ben"
    assert "password" not in thread["participants"][0]


async def test_following_by_hand(room, root, heard):
    await room.say(room.ben, "reply", root_id=root["id"])
    path = f"{threads_of(room, room.cid)}/{root['id']}"
    assert (await room.cid.put(path + "/following")).status == 200
    thread = (await room.cid.get(path)).json()
    assert thread["unread_replies"] == 0
    assert thread["last_viewed_at"] > 0
    assert (await room.cid.delete(path + "/following")).status == 200
    assert (await room.cid.get(path)).error == "app.user.get_threads_for_user.not_found"
    on, off = heard.take("thread_follow_changed")
    assert (on.event.state, off.event.state, on.event.reply_count) == (True, False, 1)
    assert on.user_id == room.cid.user["id"]


async def test_following_again_keeps_what_is_unread(room, root):
    await room.say(room.ben, "reply", root_id=root["id"])
    path = f"{threads_of(room, room.ann)}/{root['id']}"
    await room.ann.put(path + "/following")
    assert (await room.ann.get(path)).json()["unread_replies"] == 1


async def test_who_unfollowed_is_left_alone_until_mentioned(room, root):
    await room.say(room.ben, "reply", root_id=root["id"])
    await room.ann.delete(f"{threads_of(room, room.ann)}/{root['id']}/following")
    await room.say(room.ben, "more", root_id=root["id"])
    assert (await listed(room, room.ann))["total"] == 0
    await room.say(room.ben, "@ann look", root_id=root["id"])
    assert (await listed(room, room.ann))["total_unread_mentions"] == 1


async def test_pages_are_counted_from_a_thread(room):
    roots = [await room.say(room.ann, f"root {n}") for n in range(4)]
    for post in roots:
        await room.say(room.ben, "reply", root_id=post["id"])
    ids = [post["id"] for post in roots]

    async def found(query: str) -> list[int]:
        return [ids.index(thread["id"]) for thread in (await listed(room, room.ann, query))["threads"]]

    assert await found("") == [3, 2, 1, 0]
    assert await found("?per_page=2") == [3, 2]
    assert await found(f"?before={ids[2]}&per_page=1") == [1]
    assert await found(f"?after={ids[0]}&per_page=2") == [1, 2]
    await room.ann.delete(f"/posts/{ids[3]}")
    assert await found("") == [2, 1, 0]
    assert await found("?deleted=true") == [3, 2, 1, 0]


async def test_only_a_part_of_the_list(room, root):
    await room.say(room.ben, "reply", root_id=root["id"])
    assert (await listed(room, room.ann, "?totalsOnly=true"))["threads"] is None
    assert (await listed(room, room.ann, "?threadsOnly=true"))["total"] == 0
    for query, error in (
        ("?totalsOnly=true&threadsOnly=true", "api.getThreadsForUser.bad_only_params"),
        (f"?before={root['id']}&after={root['id']}", "api.getThreadsForUser.bad_params"),
        ("?since=abc", "api.context.invalid_body_param.app_error"),
    ):
        assert (await room.ann.get(threads_of(room, room.ann) + query)).error == error


async def test_direct_messages_are_in_every_team(room):
    direct = (await room.ann.post("/channels/direct", [room.ann.user["id"], room.ben.user["id"]])).json()
    first = (await room.ann.post("/posts", {"channel_id": direct["id"], "message": "hi"})).json()
    await room.ben.post("/posts", {"channel_id": direct["id"], "message": "ho", "root_id": first["id"]})
    assert (await listed(room, room.ann))["total"] == 1
    assert (await listed(room, room.ann, "?excludeDirect=true"))["total"] == 0


async def test_urgent_threads_are_counted_apart(room):
    urgent = await room.say(room.ann, "look", metadata={"priority": {"priority": "urgent"}})
    await room.say(room.ben, "@ann why", root_id=urgent["id"])
    found = await listed(room, room.ann)
    assert found["total_unread_urgent_mentions"] == 1
    assert found["threads"][0]["is_urgent"]


async def test_who_leaves_follows_nothing_there(room, root):
    await room.say(room.ben, "reply", root_id=root["id"])
    await room.ben.delete(f"/channels/{room.id}/members/{room.ben.user['id']}")
    assert (await listed(room, room.ben))["threads"] == []


async def test_who_may_not(room, secret, root, nobody):
    await room.say(room.ben, "reply", root_id=root["id"])
    hidden = await secret.say(room.ann, "hidden")
    anns, bens = threads_of(room, room.ann), threads_of(room, room.ben)
    assert (await room.ben.get(anns)).status == 403
    assert (await room.ben.put(f"{anns}/{root['id']}/following")).status == 403
    assert (await room.ben.put(f"{bens}/{hidden['id']}/following")).status == 403
    assert (await room.ben.put(f"{bens}/{NOBODY_KNOWS}/following")).status == 403
    assert (await room.dan.get(threads_of(room, room.dan))).status == 403
    assert (await nobody.get(anns)).status == 401
    assert (await room.admin.get(anns)).json()["total"] == 1


async def test_a_channel_setting_makes_one_follow_everything_there(room, root):
    props = f"/channels/{room.id}/members/{room.cid.user['id']}/notify_props"
    await room.crew.join({"id": room.id}, room.ann, room.cid)
    assert (await room.cid.put(props, {"channel_auto_follow_threads": "on"})).status == 200
    await room.say(room.ben, "reply", root_id=root["id"])
    assert (await listed(room, room.cid))["total_unread_threads"] == 1
    await room.cid.delete(f"{threads_of(room, room.cid)}/{root['id']}/following")
    await room.say(room.ben, "more", root_id=root["id"])
    assert (await listed(room, room.cid))["total"] == 0
    await room.cid.put(props, {"channel_auto_follow_threads": "off"})
    other = await room.say(room.ann, "another root")
    await room.say(room.ben, "reply", root_id=other["id"])
    assert (await listed(room, room.cid))["total"] == 0


async def test_nobody_follows_by_replying_where_that_is_switched_off(room, root, app):
    await app.config_store.patch({"ServiceSettings": {"CollapsedThreads": "disabled"}})
    await app.config_store.patch({"ServiceSettings": {"ThreadAutoFollow": False}})
    await room.say(room.ben, "reply", root_id=root["id"])
    assert (await listed(room, room.ben))["total"] == 0
    assert (await room.ben.put(f"{threads_of(room, room.ben)}/{root['id']}/following")).status == 200
    assert (await listed(room, room.ben))["total"] == 1
