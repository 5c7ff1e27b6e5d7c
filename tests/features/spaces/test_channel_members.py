"""Members of channels: joining and leaving, what others see of them, roles and settings."""

import pytest

NOBODY = "z" * 26


async def test_joining_and_being_added(crew, heard):
    room = await crew.channel(crew.ben)
    path = f"/channels/{room['id']}/members"
    joined = await crew.cid.post(path, {"user_id": crew.cid.user["id"]})
    assert (joined.status, joined.json()["last_viewed_at"]) == (201, 0)
    to_channel, to_cid = heard.take("user_added")
    assert to_channel.omit_users == {crew.cid.user["id"]: True}
    assert (to_cid.user_id, to_cid.channel_id) == (crew.cid.user["id"], room["id"])
    assert (await crew.cid.post(path, {"user_id": crew.cid.user["id"]})).status == 201
    assert heard.take("user_added") == []
    added = await crew.ben.post(path, {"user_id": crew.ann.user["id"]})
    assert added.json()["last_viewed_at"] == -1  # the times of others are hidden


async def test_several_at_once(crew):
    room = await crew.channel(crew.ben)
    path = f"/channels/{room['id']}/members"
    ann, cid, dan = [person.user["id"] for person in (crew.ann, crew.cid, crew.dan)]
    some = await crew.ben.post(path, {"user_ids": [ann, dan]})
    assert [member["user_id"] for member in some.json()] == [ann]
    none = await crew.ben.post(path, {"user_ids": [dan]})
    assert none.error == "app.team.get_member.missing.app_error"
    assert (await crew.ben.post(path, {"user_ids": []})).body == b"null"
    for wrong in ({}, {"user_id": "short"}, {"user_ids": ["short"]}, {"user_id": cid, "post_root_id": "short"}):
        assert (await crew.ben.post(path, wrong)).error == "api.context.invalid_body_param.app_error"
    unknown = await crew.ben.post(path, {"user_id": cid, "post_root_id": NOBODY})
    assert unknown.error == "app.post.get.app_error"


async def test_private_channels_are_joined_by_invitation(crew):
    secret = await crew.channel(crew.ben, "secret", "P")
    path = f"/channels/{secret['id']}/members"
    for person in (crew.cid, crew.dan):
        assert (await person.post(path, {"user_id": person.user["id"]})).status == 403
    assert (await crew.ann.post(path, {"user_id": crew.ann.user["id"]})).status == 201  # the team's admin may


async def test_leaving_and_being_removed(crew, heard):
    room = await crew.channel(crew.ben)
    await crew.join(room, crew.ben, crew.cid)
    path = f"/channels/{room['id']}/members"
    assert (await crew.ann.delete(f"{path}/{crew.cid.user['id']}")).status == 200
    to_channel, to_cid = heard.take("user_removed")
    assert (to_channel.channel_id, to_cid.user_id) == (room["id"], crew.cid.user["id"])
    assert (await crew.cid.delete(f"{path}/me")).error == "app.channel.get_member.missing.app_error"
    assert (await crew.cid.delete(f"{path}/{crew.ben.user['id']}")).status == 403
    assert (await crew.ben.delete(f"{path}/{NOBODY}")).status == 404
    assert (await crew.ben.delete(f"{path}/me")).status == 200
    assert (await crew.admin.get(path)).json() == []


async def test_who_leaves_loses_what_membership_gave(crew):
    secret = await crew.channel(crew.ben, "secret", "P")
    await crew.join(secret, crew.ben, crew.cid)
    assert (await crew.cid.get(f"/channels/{secret['id']}")).status == 200
    await crew.ben.delete(f"/channels/{secret['id']}/members/{crew.cid.user['id']}")
    assert (await crew.cid.get(f"/channels/{secret['id']}")).status == 403


@pytest.mark.parametrize(
    ("roles", "error"),
    [
        ("channel_admin", "unset_user_scheme"),
        ("", "unset_user_scheme"),
        ("channel_user team_admin", "scheme_role"),
        ("channel_user channel_guest", "guest_and_user"),
        ("channel_guest", "changing_guest_role"),
    ],
)
async def test_roles_that_nobody_can_have(crew, roles, error):
    room = await crew.channel(crew.ben)
    await crew.join(room, crew.ben, crew.cid)
    answer = await crew.ben.put(f"/channels/{room['id']}/members/{crew.cid.user['id']}/roles", {"roles": roles})
    assert (answer.status, answer.error) == (400, f"api.channel.update_channel_member_roles.{error}.app_error")


async def test_roles_take_effect_at_once(crew, heard):
    room = await crew.channel(crew.ben)
    await crew.join(room, crew.ben, crew.cid)
    ben, cid = [f"/channels/{room['id']}/members/{person.user['id']}" for person in (crew.ben, crew.cid)]
    assert (await crew.cid.put(ben + "/roles", {"roles": "channel_user"})).status == 403
    assert (await crew.ben.put(cid + "/roles", {"roles": "channel_user channel_admin"})).status == 200
    assert [told.user_id for told in heard.take("channel_member_updated")] == [crew.cid.user["id"]]
    assert (await crew.cid.put(ben + "/roles", {"roles": "channel_user system_post_all"})).status == 200
    shown = (await crew.ben.get(ben)).json()
    assert (shown["roles"], shown["explicit_roles"]) == ("system_post_all channel_user", "system_post_all")
    assert (await crew.ben.put(cid + "/roles", {"roles": "channel_user"})).status == 403
    flags = {"scheme_user": True, "scheme_admin": True}
    assert (await crew.cid.put(ben + "/schemeRoles", flags)).status == 200
    assert (await crew.ben.get(ben)).json()["roles"] == "system_post_all channel_user channel_admin"


async def test_notification_settings(crew, heard):
    room = await crew.channel(crew.ben)
    path = f"/channels/{room['id']}/members/{crew.ben.user['id']}"
    wanted = {"desktop": "none", "mark_unread": "mention", "unknown": "x"}
    assert (await crew.ben.put(path + "/notify_props", wanted)).status == 200
    props = (await crew.ben.get(path)).json()["notify_props"]
    assert (props["desktop"], props["mark_unread"], props["push"]) == ("none", "mention", "default")
    assert "unknown" not in props
    assert (await crew.cid.put(path + "/notify_props", wanted)).status == 403
    assert (await crew.admin.put(path + "/notify_props", {"push": "all"})).status == 200
    assert len(heard.take("channel_member_updated")) == 2


async def test_counts(crew):
    room = await crew.channel(crew.ben)
    await crew.join(room, crew.ben, crew.cid)
    stats = {"channel_id": room["id"], "member_count": 2, "guest_count": 0, "pinnedpost_count": 0, "files_count": 0}
    assert (await crew.ben.get(f"/channels/{room['id']}/stats")).json() == stats
    await crew.admin.delete(f"/users/{crew.cid.user['id']}")
    assert (await crew.ben.get(f"/channels/{room['id']}/stats")).json()["member_count"] == 1
    counts = await crew.ann.post("/channels/stats/member_count", [room["id"]])
    assert counts.json() == {room["id"]: 1}
    assert (await crew.dan.post("/channels/stats/member_count", [room["id"]])).status == 403


async def test_memberships_of_a_user(crew):
    await crew.channel(crew.ben)
    team = crew.team["id"]
    own = (await crew.ben.get(f"/users/me/teams/{team}/channels/members")).json()
    assert len(own) == 3
    assert (await crew.cid.get(f"/users/{crew.ben.user['id']}/teams/{team}/channels/members")).status == 403
    everywhere = (await crew.ben.get("/users/me/channel_members?per_page=2")).json()
    assert [member["team_name"] for member in everywhere] == ["crew", "crew"]


async def test_leaving_a_team_ends_all_that_was_joined_in_it(crew):
    secret = await crew.channel(crew.ann, "secret", "P")
    await crew.join(secret, crew.ann, crew.ben)
    team, ben = crew.team["id"], crew.ben.user["id"]
    assert (await crew.ben.delete(f"/teams/{team}/members/{ben}")).status == 200
    assert (await crew.ben.get(f"/channels/{secret['id']}")).status == 403
    added = await crew.ann.post(f"/channels/{secret['id']}/members", {"user_id": ben})
    assert added.error == "api.channel.add_user.to.channel.failed.deleted.app_error"
    await crew.ann.post(f"/teams/{team}/members", {"team_id": team, "user_id": ben})
    own = (await crew.ben.get(f"/users/me/teams/{team}/channels")).json()
    assert [channel["name"] for channel in own] == ["off-topic", "town-square"]
