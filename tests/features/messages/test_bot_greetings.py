"""What a new bot says to its owner."""

import json

from tests.features.messages.conftest import Room


async def test_a_new_bot_asks_its_owner_to_be_added(app, room: Room, heard):
    await app.config_store.patch({"ServiceSettings": {"EnableBotAccountCreation": True}})
    heard.clear()
    bot = (await room.admin.post("/bots", {"username": "robo"})).json()
    [told] = heard.take("posted")
    post = json.loads(told.event.post)
    assert (post["user_id"], post["type"]) == (bot["user_id"], "add_bot_teams_channels")
    [channel] = [c for c in (await room.admin.get("/users/me/channels")).json() if c["id"] == told.channel_id]
    assert channel["type"] == "D"
    unread = (await room.admin.get(f"/users/me/channels/{channel['id']}/unread")).json()
    assert unread["mention_count"] == 1


async def test_nobody_else_says_so(room: Room):
    refused = await room.ann.post(
        "/posts", {"channel_id": room.id, "message": "add me", "type": "add_bot_teams_channels"}
    )
    assert refused.error == "api.context.invalid_param.app_error"
