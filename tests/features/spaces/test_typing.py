"""Telling others that one types, by REST."""

import pytest

from mmfast.realtime.event import Announcement


@pytest.fixture
async def channel(admin):
    team = (await admin.post("/teams", {"name": "crew", "display_name": "Crew", "type": "O"})).json()
    room = {"team_id": team["id"], "name": "room", "display_name": "Room", "type": "P"}
    return (await admin.post("/channels", room)).json()["id"]


async def test_the_channel_hears_of_it_and_nobody_else(app, admin, channel, monkeypatch):
    heard: list[Announcement] = []
    monkeypatch.setattr(app, "publish", heard.append)
    assert (await admin.post("/users/me/typing", {"channel_id": channel, "parent_id": "root"})).status == 200
    (typing,) = [h for h in heard if isinstance(h, Announcement)]
    assert (typing.channel_id, typing.omit_users) == (channel, {admin.user["id"]: True})
    assert (typing.event.user_id, typing.event.parent_id) == (admin.user["id"], "root")


async def test_only_where_one_may_post(nobody, admin, channel):
    user = await admin.sign_up("user")
    place = {"channel_id": channel}
    assert (await nobody.post("/users/me/typing", place)).status == 401
    assert (await user.post("/users/me/typing", place)).status == 403
    assert (await user.post(f"/users/{admin.user['id']}/typing", place)).status == 403
    assert (await admin.post("/users/me/typing", {"channel_id": "z" * 26})).status == 403
