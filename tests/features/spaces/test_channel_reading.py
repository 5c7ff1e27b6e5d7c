"""Reading positions: viewing, marking read, unread counts."""

import pytest


@pytest.fixture
async def room(app, crew):
    """A channel of ann and ben in which ben has three messages and a mention to read."""
    made = await crew.channel(crew.ann)
    await crew.join(made, crew.ann, crew.ben)
    await app.db.execute(
        "UPDATE channels SET totalmsgcount = 3, totalmsgcountroot = 2, lastpostat = $2 WHERE id = $1",
        made["id"],
        made["create_at"] + 1000,
    )
    await app.db.execute(
        "UPDATE channelmembers SET mentioncount = 1, mentioncountroot = 1 WHERE channelid = $1 AND userid = $2",
        made["id"],
        crew.ben.user["id"],
    )
    return made


async def counts(person, channel):
    seen = (await person.get(f"/users/me/channels/{channel['id']}/unread")).json()
    return seen["msg_count"], seen["msg_count_root"], seen["mention_count"]


async def test_viewing_reads_to_the_end(crew, room, heard):
    assert await counts(crew.ben, room) == (3, 2, 1)
    viewed = await crew.ben.post("/channels/members/me/view", {"channel_id": room["id"]})
    assert viewed.json() == {"status": "OK", "last_viewed_at_times": {room["id"]: room["create_at"] + 1000}}
    assert await counts(crew.ben, room) == (0, 0, 0)
    [told] = heard.take("multiple_channels_viewed")
    assert told.user_id == crew.ben.user["id"]
    await crew.ben.post("/channels/members/me/view", {"channel_id": room["id"]})
    assert heard.take("multiple_channels_viewed") == []


async def test_channels_that_one_is_not_in_are_passed_over(crew, room):
    for body in ({}, {"channel_id": ""}, {"channel_id": "z" * 26}):
        answer = await crew.cid.post("/channels/members/me/view", body)
        assert (answer.status, answer.json()["last_viewed_at_times"]) == (200, {})
    assert (await crew.cid.post("/channels/members/me/view", {"channel_id": "short"})).status == 400
    assert (await crew.ann.post(f"/channels/members/{crew.ben.user['id']}/view", {})).status == 403
    assert await counts(crew.ben, room) == (3, 2, 1)


async def test_marking_several_read(crew, room, heard):
    assert (await crew.ben.post("/channels/members/me/mark_read", [])).status == 400
    assert (await crew.ben.post("/channels/members/me/mark_read", {})).error == "api.payload.parse.error"
    marked = await crew.ben.post("/channels/members/me/mark_read", [room["id"], "short"])
    assert list(marked.json()["last_viewed_at_times"]) == [room["id"]]
    assert await counts(crew.ben, room) == (0, 0, 0)
    assert (await crew.ann.post(f"/channels/members/{crew.ben.user['id']}/mark_read", [room["id"]])).status == 403


async def test_a_muted_channel_counts_mentions_only(crew, room):
    await crew.ben.put(f"/channels/{room['id']}/members/me/notify_props", {"mark_unread": "mention"})
    assert await counts(crew.ben, room) == (0, 0, 1)


async def test_unread_counts_are_for_members(crew, room):
    path = f"/users/{crew.ben.user['id']}/channels/{room['id']}/unread"
    assert (await crew.ann.get(path)).status == 403
    assert (await crew.admin.get(path)).status == 200
    assert (await crew.cid.get(f"/users/me/channels/{room['id']}/unread")).status == 403


async def test_a_server_may_keep_views_to_itself(app, crew, room, heard):
    await app.config_store.patch({"ServiceSettings": {"EnableChannelViewedMessages": False}})
    await crew.ben.post("/channels/members/me/view", {"channel_id": room["id"]})
    assert heard.take("multiple_channels_viewed") == []
