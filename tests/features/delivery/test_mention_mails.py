"""Mails about messages: who gets one, and what it shows."""

import pytest


def to_of(mail) -> str:
    return mail["To"]


@pytest.fixture
async def mail_room(app, room, postbox):
    """A channel whose people get mails from now on: everybody but ann, who writes, is offline."""
    await app.config_store.patch({"EmailSettings": postbox.settings})
    return room


async def test_who_is_away_and_mentioned_gets_a_mail(mail_room, postbox):
    await mail_room.say(mail_room.ann, "hello everybody")
    post = await mail_room.say(mail_room.ann, "hello @ben <b>")
    mail = await postbox.take()
    assert to_of(mail) == "ben@example.com"
    assert "@ann mentioned you" in mail["Subject"]
    assert "hello @ben &lt;b&gt;" in mail.get_body(("html",)).get_content()
    assert f"/landing#/crew/pl/{post['id']}" in mail.get_body(("plain",)).get_content()
    assert postbox.is_empty()


async def test_a_direct_message_is_told(mail_room, postbox):
    ann, cid = mail_room.ann, mail_room.cid
    channel = (await ann.post("/channels/direct", [ann.user["id"], cid.user["id"]])).json()
    await ann.post("/posts", {"channel_id": channel["id"], "message": "psst"})
    mail = await postbox.take()
    assert (to_of(mail), "@ann wrote to you" in mail["Subject"]) == ("cid@example.com", True)


@pytest.mark.parametrize("why", ["the user", "the channel", "muted", "online", "do not disturb"])
async def test_who_wants_none_gets_none(mail_room, postbox, why):
    ben = mail_room.ben
    props = f"/channels/{mail_room.id}/members/{ben.user['id']}/notify_props"
    status = {"user_id": ben.user["id"], "status": "dnd" if why == "do not disturb" else "online"}
    if why == "the user":
        await ben.put("/users/me/patch", {"notify_props": {**ben.user["notify_props"], "email": "false"}})
    elif why in ("the channel", "muted"):
        wish = {"email": "false"} if why == "the channel" else {"mark_unread": "mention"}
        assert (await ben.put(props, wish)).status == 200
    else:
        assert (await ben.put("/users/me/status", status)).status == 200
    await mail_room.say(mail_room.ann, "hello @ben")
    await mail_room.admin.post("/users/password/reset/send", {"email": "dan@example.com"})
    assert to_of(await postbox.take()) == "dan@example.com"
    assert postbox.is_empty()


async def test_the_server_may_hide_what_is_said_and_where(app, mail_room, postbox):
    hide = {"EmailNotificationContentsType": "generic", "UseChannelInEmailNotifications": True}
    await app.config_store.patch({"EmailSettings": hide})
    await mail_room.say(mail_room.ann, "@ben the secret is 42")
    mail = await postbox.take()
    shown = mail["Subject"] + mail.get_body(("html",)).get_content() + mail.get_body(("plain",)).get_content()
    assert "@ann" in shown
    for hidden in ("secret", "Room", "Crew"):
        assert hidden not in shown


@pytest.mark.parametrize(("with_channel", "place"), [(False, "Crew"), (True, "Room")])
async def test_a_subject_names_the_team_or_the_channel(app, mail_room, postbox, with_channel, place):
    await app.config_store.patch({"EmailSettings": {"UseChannelInEmailNotifications": with_channel}})
    await mail_room.say(mail_room.ann, "@ben hello")
    assert (await postbox.take())["Subject"].endswith(f"@ann mentioned you in {place}")


async def test_the_organisation_stands_at_the_end(app, mail_room, postbox):
    await app.config_store.patch({"EmailSettings": {"FeedbackOrganization": "Sample & Co, Some Street 1"}})
    await mail_room.say(mail_room.ann, "@ben hello")
    mail = await postbox.take()
    assert mail.get_body(("plain",)).get_content().rstrip().endswith("Sample & Co, Some Street 1")
    assert "Sample &amp; Co" in mail.get_body(("html",)).get_content()


async def test_none_are_sent_where_they_are_switched_off(app, mail_room, postbox):
    await app.config_store.patch({"EmailSettings": {"SendEmailNotifications": False}})
    await mail_room.say(mail_room.ann, "hello @ben")
    await mail_room.admin.post("/users/password/reset/send", {"email": "dan@example.com"})
    assert to_of(await postbox.take()) == "dan@example.com"
    assert postbox.is_empty()


# Threads --------------------------------------------------------------------------------------------------------------


def following(mail_room, root) -> str:
    """Where ben says whether he follows the thread."""
    ben, team = mail_room.ben.user["id"], mail_room.crew.team["id"]
    return f"/users/{ben}/teams/{team}/threads/{root['id']}/following"


async def followed_thread(mail_room):
    """A thread that ben follows."""
    root = await mail_room.say(mail_room.ann, "a question")
    assert (await mail_room.ben.put(following(mail_room, root))).status == 200
    return root


async def test_who_follows_a_thread_is_told_of_replies(mail_room, postbox):
    root = await followed_thread(mail_room)
    await mail_room.say(mail_room.ann, "an answer", root_id=root["id"])
    mail = await postbox.take()
    assert to_of(mail) == "ben@example.com"
    assert "@ann replied in a thread" in mail["Subject"]
    assert "an answer" in mail.get_body(("plain",)).get_content()
    assert postbox.is_empty()
    await mail_room.say(mail_room.ann, "@ben and more", root_id=root["id"])
    assert "@ann mentioned you" in (await postbox.take())["Subject"]


@pytest.mark.parametrize("why", ["the user", "no mails at all", "threads are off", "unfollowed"])
async def test_who_wants_no_replies_gets_none(app, mail_room, postbox, why):
    root = await followed_thread(mail_room)
    ben = mail_room.ben
    if why == "threads are off":
        await app.config_store.patch({"ServiceSettings": {"CollapsedThreads": "disabled"}})
    elif why == "unfollowed":
        assert (await ben.delete(following(mail_room, root))).status == 200
    else:
        wish = {"email_threads": "mention"} if why == "the user" else {"email": "false"}
        await ben.put("/users/me/patch", {"notify_props": {**ben.user["notify_props"], **wish}})
    await mail_room.say(mail_room.ann, "an answer", root_id=root["id"])
    await mail_room.admin.post("/users/password/reset/send", {"email": "dan@example.com"})
    assert to_of(await postbox.take()) == "dan@example.com"
    assert postbox.is_empty()
