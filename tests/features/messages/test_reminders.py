"""Reminders reach their user when they are due, and once."""

import trio

from mmfast.api.context import Context
from mmfast.features.messages.posts.service import create_post
from mmfast.features.messages.reminders import service

PAST = 1_000_000_000
FUTURE = 4_102_444_800


async def remind(who, post, when) -> None:
    path = f"/users/{who.user['id']}/posts/{post['id']}/reminder"
    assert (await who.post(path, {"target_time": when})).status == 200


async def send_due(app) -> None:
    await service.send_due(Context.background(app))


async def left(app) -> int:
    return await app.db.fetchval("SELECT count(*) FROM postreminders")


async def received(app, who) -> list[str]:
    """The ids of the posts of which the user has been reminded."""
    rows = await app.db.fetch(
        "SELECT p.props->>'post_id' FROM posts p JOIN channelmembers m ON m.channelid = p.channelid"
        " WHERE p.type = 'reminder' AND m.userid = $1 ORDER BY p.createat",
        who.user["id"],
    )
    return [row[0] for row in rows]


async def test_a_reminder_comes_as_a_direct_message_when_it_is_due(room, heard, app):
    await app.config_store.patch({"ServiceSettings": {"SiteURL": "http://chat.example.com"}})
    post = await room.say(room.ann, "remember")
    await remind(room.ben, post, FUTURE)
    await send_due(app)
    assert await received(app, room.ben) == []
    await remind(room.ben, post, PAST)
    heard.clear()
    await send_due(app)
    assert await received(app, room.ben) == [post["id"]]
    assert await left(app) == 0
    [posted] = heard.take("posted")
    channel = (await room.ben.get(f"/channels/{posted.channel_id}")).json()
    assert (channel["type"], room.ben.user["id"] in channel["name"]) == ("D", True)
    [told] = (await room.ben.get(f"/channels/{channel['id']}/posts")).json()["posts"].values()
    assert told["type"] == "reminder"
    assert told["props"].items() >= {"post_id": post["id"], "team_name": "crew", "username": "ann"}.items()
    assert f"http://chat.example.com/crew/pl/{post['id']}" in told["message"]
    bot = (await room.ben.get(f"/users/{told['user_id']}")).json()
    assert (bot["username"], bot["is_bot"]) == ("system-bot", True)
    unread = (await room.ben.get(f"/users/{room.ben.user['id']}/channels/{channel['id']}/unread")).json()
    assert (unread["msg_count"], unread["mention_count"]) == (1, 1)


async def test_of_several_workers_one_reminds(room, app):
    posts = [await room.say(room.ann, f"remember {n}") for n in range(5)]
    for post in posts:
        await remind(room.ben, post, PAST)
    async with trio.open_nursery() as nursery:
        for _ in range(4):
            nursery.start_soon(send_due, app)
    assert sorted(await received(app, room.ben)) == sorted(post["id"] for post in posts)
    assert await left(app) == 0


async def test_a_reminder_outlasts_a_worker_that_ends_while_it_writes(room, app, monkeypatch):
    post = await room.say(room.ann, "remember")
    await remind(room.ben, post, PAST)

    async def write_and_end(ctx, draft):
        await create_post(ctx, draft)
        raise trio.BrokenResourceError

    monkeypatch.setattr(service, "create_post", write_and_end)
    await app.run("reminders", service.send_due)
    assert (await received(app, room.ben), await left(app)) == ([], 1)
    monkeypatch.undo()
    await send_due(app)
    assert (await received(app, room.ben), await left(app)) == ([post["id"]], 0)


async def test_nobody_is_reminded_of_what_is_gone(room, app):
    post, other = await room.say(room.ann, "forget"), await room.say(room.ann, "remember")
    await remind(room.ben, post, PAST)
    await remind(room.ben, other, PAST + 1)
    await remind(room.cid, other, PAST)
    assert (await room.ann.delete(f"/posts/{post['id']}")).status == 200
    assert (await room.admin.delete(f"/users/{room.cid.user['id']}")).status == 200
    await send_due(app)
    assert (await received(app, room.ben), await received(app, room.cid)) == ([other["id"]], [])
    assert await left(app) == 0


async def test_the_preview_is_only_for_who_may_read_it_still(room, secret, app):
    await app.config_store.patch({"ServiceSettings": {"SiteURL": "http://chat.example.com"}})
    hidden = await secret.say(room.ann, "what is hidden")
    await room.crew.join({"id": secret.id}, room.ann, room.ben)
    await remind(room.ben, hidden, PAST)
    await send_due(app)
    [channel_id] = [c["id"] for c in (await room.ben.get("/users/me/channels")).json() if c["type"] == "D"]

    async def shown() -> str:
        return (await room.ben.get(f"/channels/{channel_id}/posts")).body.decode()

    assert "what is hidden" in await shown()
    assert (await room.ann.delete(f"/channels/{secret.id}/members/{room.ben.user['id']}")).status == 200
    assert "what is hidden" not in await shown()


async def test_nobody_writes_a_reminder_by_hand(room):
    made = await room.ann.post("/posts", {"channel_id": room.id, "message": "x", "type": "reminder"})
    assert (made.status, made.error) == (400, "api.context.invalid_param.app_error")
