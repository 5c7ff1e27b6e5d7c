"""Receipts of pushes, and the test message by which users try their notifications."""

import json

import pytest

from mmfast.platform.outgoing import Answer

RECEIPT = {"id": "a" * 26, "platform": "android", "received_at": 1, "type": "message", "post_id": "z" * 26}


@pytest.fixture
async def pushed(app, monkeypatch):
    """What was sent to the push server; its answers are taken from `statuses`."""
    await app.config_store.patch(
        {"EmailSettings": {"SendPushNotifications": True, "PushNotificationServer": "http://push/"}}
    )
    sent, statuses = [], []

    async def request(method, url, *, content, **options):
        sent.append((method, url, json.loads(content)))
        return Answer(statuses.pop() if statuses else 200, {}, b"", url)

    monkeypatch.setattr(app.outgoing, "request", request)
    return sent, statuses


async def test_receipts_are_passed_on(admin, nobody, pushed):
    sent, statuses = pushed
    assert (await admin.post("/notifications/ack", RECEIPT)).status == 200
    assert sent == [("POST", "http://push/api/v1/ack", RECEIPT | {"is_id_loaded": False})]
    statuses[:] = [500]
    assert (await admin.post("/notifications/ack", RECEIPT)).error == "api.push_notifications_ack.forward.app_error"
    statuses[:] = [500]
    assert (await admin.post("/notifications/ack", RECEIPT | {"type": "clear"})).status == 200
    assert (await nobody.post("/notifications/ack", RECEIPT)).status == 401
    assert (await admin.post("/notifications/ack", data=b"{")).status == 400


async def test_without_pushes_there_is_nothing_to_receipt(admin):
    assert (await admin.post("/notifications/ack", RECEIPT)).error == "api.push_notification.disabled.app_error"


async def test_the_text_of_a_push_is_for_those_who_may_read_it(admin, pushed):
    team = (await admin.post("/teams", {"name": "team", "display_name": "T", "type": "O"})).json()
    wanted = {"team_id": team["id"], "name": "priv", "display_name": "P", "type": "P"}
    channel = (await admin.post("/channels", wanted)).json()
    post = (await admin.post("/posts", {"channel_id": channel["id"], "message": "secret"})).json()
    asked = RECEIPT | {"is_id_loaded": True, "post_id": post["id"]}
    text = (await admin.post("/notifications/ack", asked)).json()
    assert text["message"] == "secret"
    assert text["channel_id"] == channel["id"]
    other = await admin.sign_up("other")
    assert (await other.post("/notifications/ack", asked)).status == 403
    assert (await admin.post("/notifications/ack", RECEIPT | {"is_id_loaded": True})).status == 404


async def test_the_system_s_bot_writes_to_who_asks(admin):
    user = await admin.sign_up("user")
    for _ in range(2):
        assert (await user.post("/notifications/test")).status == 200
    bot = (await user.get("/users/username/system-bot")).json()
    assert bot["is_bot"]
    channel = (await user.post("/channels/direct", [user.user["id"], bot["id"]])).json()
    posts = (await user.get(f"/channels/{channel['id']}/posts")).json()
    assert len(posts["order"]) == 2
    assert all(post["props"]["force_notification"] for post in posts["posts"].values())
