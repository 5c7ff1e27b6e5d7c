"""Mails about several messages: what waits, for how long, and what the mail holds."""

import pytest
import trio

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.features.delivery.mention_mails import service

SITE = "http://chat.example.com"


@pytest.fixture
async def batched(app, room, postbox):
    """A channel whose people are offline and get batched mails."""
    mail = {**postbox.settings, "EnableEmailBatching": True}
    await app.config_store.patch({"ServiceSettings": {"SiteURL": SITE}, "EmailSettings": mail})
    return room


async def waiting(app, count) -> list[str]:
    """The posts that wait, once there are so many: they are written down in the background."""
    with trio.fail_after(5):
        while True:
            exists = await app.db.fetchval("SELECT to_regclass('mmfast_mail_batches') IS NOT NULL")
            rows = await app.db.fetch("SELECT postid FROM mmfast_mail_batches ORDER BY createat") if exists else []
            if len(rows) >= count:
                return [row[0] for row in rows]
            await trio.lowlevel.checkpoint()


async def pass_minutes(app, minutes) -> None:
    await app.db.execute("UPDATE mmfast_mail_batches SET dueat = dueat - $1", minutes * 60_000)


async def send(app) -> None:
    await service.send_batches(Context.background(app))


async def prefer(who, seconds) -> None:
    wish = {"user_id": who.user["id"], "category": "notifications", "name": "email_interval", "value": str(seconds)}
    assert (await who.put("/users/me/preferences", [wish])).status == 200


async def test_messages_are_mailed_together_when_the_first_has_waited_long_enough(app, batched, postbox):
    first = await batched.say(batched.ann, "@ben one <b>")
    second = await batched.say(batched.ann, "@ben two")
    assert await waiting(app, 2) == [first["id"], second["id"]]
    await pass_minutes(app, 14)
    await send(app)
    assert postbox.is_empty()
    await pass_minutes(app, 1)
    await send(app)
    mail = await postbox.take()
    assert mail["To"] == "ben@example.com"
    assert "2 messages" in mail["Subject"]
    html, text = mail.get_body(("html",)).get_content(), mail.get_body(("plain",)).get_content()
    assert html.index("@ben one &lt;b&gt;") < html.index("@ben two")
    assert text.index(f"/crew/pl/{first['id']}") < text.index(f"/crew/pl/{second['id']}")
    await send(app)
    assert postbox.is_empty()


@pytest.mark.parametrize(("seconds", "minutes"), [("30", 1), ("3600", 60), ("", 15), ("nonsense", 15)])
async def test_everybody_chooses_how_long_to_wait(app, batched, postbox, seconds, minutes):
    if seconds:
        await prefer(batched.ben, seconds)
    await batched.say(batched.ann, "@ben hello")
    await waiting(app, 1)
    due = await app.db.fetchval("SELECT dueat FROM mmfast_mail_batches")
    wanted = now_ms() + (30_000 if seconds == "30" else minutes * 60_000)
    assert abs(due - wanted) < 10_000
    await pass_minutes(app, minutes)
    await send(app)
    assert "@ann mentioned you" in (await postbox.take())["Subject"]


async def test_a_full_batch_does_not_wait(app, batched, postbox):
    await app.config_store.patch({"EmailSettings": {"EmailBatchingBufferSize": 2}})
    for n in range(3):
        await batched.say(batched.ann, f"@ben {n}")
    await waiting(app, 3)
    await send(app)
    subjects = sorted([(await postbox.take())["Subject"], (await postbox.take())["Subject"]])
    assert "2 messages" in subjects[0]
    assert postbox.is_empty()


@pytest.mark.parametrize("what", ["read", "deleted", "left", "switched off", "deactivated"])
async def test_what_is_of_no_use_any_more_is_not_mailed(app, batched, postbox, what):
    post = await batched.say(batched.ann, "@ben hello")
    await waiting(app, 1)
    ben = batched.ben
    if what == "read":
        assert (await ben.post("/channels/members/me/view", {"channel_id": batched.id})).status == 200
    elif what == "deleted":
        await batched.ann.delete(f"/posts/{post['id']}")
    elif what == "left":
        await ben.delete(f"/channels/{batched.id}/members/{ben.user['id']}")
    elif what == "switched off":
        await ben.put("/users/me/patch", {"notify_props": {**ben.user["notify_props"], "email": "false"}})
    else:
        await batched.admin.delete(f"/users/{ben.user['id']}")
    await pass_minutes(app, 60)
    await send(app)
    await batched.admin.post("/users/password/reset/send", {"email": "dan@example.com"})
    assert (await postbox.take())["To"] == "dan@example.com"
    assert postbox.is_empty()
    assert await app.db.fetchval("SELECT count(*) FROM mmfast_mail_batches") == 0


async def test_of_several_workers_one_mails_and_a_failed_try_loses_nothing(app, batched, postbox, monkeypatch):
    await batched.say(batched.ann, "@ben hello")
    await waiting(app, 1)
    await pass_minutes(app, 60)
    queue = service.queue

    async def queue_and_end(*what):
        await queue(*what)
        raise trio.BrokenResourceError

    monkeypatch.setattr(service, "queue", queue_and_end)
    await app.run("batches", service.send_batches)
    monkeypatch.undo()
    assert len(await waiting(app, 1)) == 1
    async with trio.open_nursery() as nursery:
        for _ in range(4):
            nursery.start_soon(send, app)
    assert (await postbox.take())["To"] == "ben@example.com"
    assert postbox.is_empty()


async def test_nothing_waits_longer_when_batching_is_switched_off(app, batched, postbox):
    await batched.say(batched.ann, "@ben hello")
    await waiting(app, 1)
    await app.config_store.patch({"EmailSettings": {"EnableEmailBatching": False}})
    await send(app)
    assert (await postbox.take())["To"] == "ben@example.com"


async def test_the_server_may_hide_what_is_said(app, batched, postbox):
    await app.config_store.patch({"EmailSettings": {"EmailNotificationContentsType": "generic"}})
    await batched.say(batched.ann, "@ben the secret is 42")
    await waiting(app, 1)
    await pass_minutes(app, 60)
    await send(app)
    assert "secret" not in (await postbox.take()).as_string()


async def test_the_configured_time_lies_between_two_looks(app, batched, monkeypatch):
    looks = []

    async def look(ctx):
        looks.append(1)

    monkeypatch.setattr(service, "send_batches", look)
    moment = {"now": 1000.0}
    monkeypatch.setattr(service.trio, "current_time", lambda: moment["now"])
    ctx = Context.background(app)
    for _ in range(7):  # a minute, in steps of the periodic work
        await service.look_for_batches(ctx)
        moment["now"] += 10
    assert len(looks) == 3


async def test_a_mail_in_a_thread_stands_with_the_others(app, room, postbox):
    await app.config_store.patch({"EmailSettings": postbox.settings})
    root = await room.say(room.ann, "@ben hello")
    assert (await postbox.take())["References"] == f"<{root['id']}@example.com>"
    await room.say(room.ann, "@ben again", root_id=root["id"])
    assert (await postbox.take())["In-Reply-To"] == f"<{root['id']}@example.com>"


async def test_replies_in_followed_threads_wait_too(app, batched, postbox):
    root = await batched.say(batched.ann, "@ben hello")
    await waiting(app, 1)
    ben, team = batched.ben.user["id"], batched.crew.team["id"]
    assert (await batched.ben.put(f"/users/{ben}/teams/{team}/threads/{root['id']}/following")).status == 200
    await batched.say(batched.ann, "further", root_id=root["id"])
    await waiting(app, 2)
    await pass_minutes(app, 60)
    await send(app)
    text = (await postbox.take()).get_body(("plain",)).get_content()
    assert text.index("@ann mentioned you") < text.index("@ann replied in a thread") < text.index("further")
