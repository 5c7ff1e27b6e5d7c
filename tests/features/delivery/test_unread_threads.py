"""Reading threads and marking them unread."""

import pytest

NOBODY_KNOWS = "z" * 26


@pytest.fixture
async def thread(room):
    """A root by ann and three replies by ben; the second one mentions her."""
    root = await room.say(room.ann, "root")
    replies = [await room.say(room.ben, words, root_id=root["id"]) for words in ("one", "two @ann", "three")]
    return [root, *replies]


def path_of(room, client, root) -> str:
    return f"/users/{client.user['id']}/teams/{room.crew.team['id']}/threads/{root['id']}"


def counts(answer) -> tuple[int, int]:
    assert answer.status == 200, answer.body
    return answer.json()["unread_replies"], answer.json()["unread_mentions"]


async def test_reading_up_to_a_time(room, thread, heard):
    root, one, _, three = thread
    path = path_of(room, room.ann, root)
    assert counts(await room.ann.get(path)) == (3, 1)
    # Replies of the same millisecond are read together.
    later = sum(post["create_at"] > one["create_at"] for post in thread[1:])
    read = counts(await room.ann.put(f"{path}/read/{one['create_at']}"))
    assert read[0] == later
    assert counts(await room.ann.put(f"{path}/read/{three['create_at']}")) == (0, 0)
    first, second = heard.take("thread_read_changed")
    assert first.user_id == room.ann.user["id"]
    assert (first.event.previous_unread_replies, first.event.previous_unread_mentions) == (3, 1)
    assert (second.event.unread_replies, second.event.previous_unread_replies) == (0, later)


async def test_unread_again(room, thread, heard):
    root, _, two, three = thread
    path = path_of(room, room.ann, root)
    await room.ann.put(f"{path}/read/{three['create_at']}")
    replies, mentions = counts(await room.ann.post(f"{path}/set_unread/{two['id']}"))
    assert replies == sum(post["create_at"] >= two["create_at"] for post in thread[1:])
    assert mentions == 1
    assert counts(await room.ann.post(f"{path}/set_unread/{root['id']}")) == (3, 1)
    assert [told.event.state for told in heard.take("thread_follow_changed")] == [True, True]


async def test_unread_of_a_post_elsewhere(room, thread):
    other = await room.say(room.ann, "another")
    path = path_of(room, room.ann, thread[0])
    assert (await room.ann.post(f"{path}/set_unread/{other['id']}")).status == 400
    assert (await room.ann.post(f"{path}/set_unread/{NOBODY_KNOWS}")).error == "app.post.get.app_error"


async def test_reading_all(room, thread, heard):
    threads = f"/users/me/teams/{room.crew.team['id']}/threads"
    assert (await room.ann.put(threads + "/read")).status == 200
    totals = (await room.ann.get(threads + "?totalsOnly=true")).json()
    assert (totals["total_unread_threads"], totals["total_unread_mentions"]) == (0, 0)
    [told] = heard.take("thread_read_changed")
    assert told.team_id == room.crew.team["id"]


async def test_a_client_without_collapsed_threads_reads_them_with_the_channel(room, thread, heard):
    view = {"channel_id": room.id, "collapsed_threads_supported": True}
    path = path_of(room, room.ann, thread[0])
    await room.ann.post("/channels/members/me/view", view)
    assert counts(await room.ann.get(path)) == (3, 1)
    await room.say(room.ben, "four", root_id=thread[0]["id"])
    await room.ann.post("/channels/members/me/view", {**view, "collapsed_threads_supported": False})
    assert counts(await room.ann.get(path)) == (0, 0)
    [told] = heard.take("thread_read_changed")
    assert told.channel_id == room.id


async def test_who_may_not(room, thread, nobody):
    root = thread[0]
    path = path_of(room, room.ann, root)
    for client, status in ((room.ben, 403), (nobody, 401)):
        assert (await client.put(f"{path}/read/5")).status == status
        assert (await client.post(f"{path}/set_unread/{root['id']}")).status == status
        assert (await client.put(path.rpartition("/")[0] + "/read")).status == status
    assert (await room.cid.put(f"{path_of(room, room.cid, root)}/read/5")).status == 404
    assert (await room.ann.put(f"{path}/read/abc")).status == 404
    assert (await room.ann.put(f"{path}/read/{2**63}")).error == "api.context.invalid_url_param.app_error"
