"""Channels: made, changed, converted, archived, moved, and who may do that."""

import pytest

from tests.client import Client

NOBODY = "z" * 26


async def test_the_maker_is_the_only_member_and_its_admin(crew, heard):
    room = await crew.channel(crew.ben, header="about")
    members = (await crew.ben.get(f"/channels/{room['id']}/members")).json()
    assert [(m["user_id"], m["roles"]) for m in members] == [(crew.ben.user["id"], "channel_user channel_admin")]
    [created] = heard.take("channel_created")
    assert created.user_id == crew.ben.user["id"]


@pytest.mark.parametrize(
    ("change", "status", "error"),
    [
        ({"name": "taken"}, 400, "store.sql_channel.save_channel.exists.app_error"),
        ({"name": "No Good"}, 400, "model.channel.is_valid.1_or_more.app_error"),
        ({"name": "a" * 26 + "__" + "b" * 26}, 400, "model.channel.is_valid.name.app_error"),
        ({"name": "0123456789" * 4}, 400, "model.channel.is_valid.name.app_error"),
        ({"display_name": ""}, 400, "api.context.invalid_body_param.app_error"),
        ({"display_name": "d" * 65}, 400, "model.channel.is_valid.display_name.app_error"),
        ({"header": "h" * 1025}, 400, "model.channel.is_valid.header.app_error"),
        ({"purpose": "p" * 251}, 400, "model.channel.is_valid.purpose.app_error"),
        ({"id": NOBODY}, 400, "store.sql_channel.save_channel.existing.app_error"),
        ({"type": "X"}, 400, "model.channel.is_valid.type.app_error"),
        ({"type": "D"}, 400, "api.channel.create_channel.direct_channel.app_error"),
        ({"team_id": ""}, 400, "api.context.invalid_body_param.app_error"),
        ({"team_id": NOBODY}, 403, "api.context.permissions.app_error"),
    ],
)
async def test_what_no_channel_may_be(crew, change, status, error):
    await crew.channel(crew.ann, "taken", "P")
    wanted = {"team_id": crew.team["id"], "name": "new", "display_name": "New", "type": "O", **change}
    refused = await crew.ben.post("/channels", wanted)
    assert (refused.status, refused.error) == (status, error)


async def test_a_team_begins_with_two_channels_that_its_members_join(crew):
    own = (await crew.ben.get(f"/users/me/teams/{crew.team['id']}/channels")).json()
    assert [channel["name"] for channel in own] == ["off-topic", "town-square"]
    refused = await crew.ben.delete(f"/channels/{own[1]['id']}/members/me")
    assert refused.error == "api.channel.remove.default.app_error"
    refused = await crew.ann.delete(f"/channels/{own[1]['id']}")
    assert refused.error == "api.channel.delete_channel.cannot.app_error"
    refused = await crew.ann.put(f"/channels/{own[1]['id']}/privacy", {"privacy": "P"})
    assert refused.error == "api.channel.update_channel_privacy.default_channel_error"


async def test_private_channels_are_hidden_by_name_and_refused_by_id(crew):
    secret = await crew.channel(crew.ben, "secret", "P")
    by_name = f"/teams/{crew.team['id']}/channels/name/secret"
    assert (await crew.cid.get(f"/channels/{secret['id']}")).status == 403
    assert (await crew.cid.get(by_name)).error == "app.channel.get_by_name.missing.app_error"
    assert (await crew.dan.get(by_name)).status == 404
    assert (await crew.ann.get(by_name)).status == 200  # so that the team's admin can join it
    assert (await crew.ann.get(f"/channels/{secret['id']}")).status == 403
    assert (await crew.admin.get(f"/channels/{secret['id']}")).status == 200


async def test_a_patch_changes_what_it_names(crew, heard):
    room = await crew.channel(crew.ben, header="about", purpose="for")
    await crew.join(room, crew.ben, crew.cid)
    path = f"/channels/{room['id']}/patch"
    changed = (await crew.cid.put(path, {"display_name": "  Other  "})).json()
    assert (changed["display_name"], changed["header"], changed["name"]) == ("Other", "about", "room")
    assert [told.channel_id for told in heard.take("channel_updated")] == [room["id"]]
    assert (await crew.cid.put(path, {})).error == "api.channel.patch_update_channel.no_changes.app_error"
    assert (await crew.cid.put(path, data=b"null")).status == 400
    assert (await crew.cid.put(path, {"name": "town-square"})).status == 400
    for other in (crew.ann, crew.dan):
        assert (await other.put(path, {"header": "x"})).status == 403


async def test_an_update_empties_header_and_purpose(crew):
    room = await crew.channel(crew.ben, header="about", purpose="for")
    path = f"/channels/{room['id']}"
    changed = (await crew.ben.put(path, {"id": room["id"], "display_name": "Other"})).json()
    assert (changed["display_name"], changed["name"]) == ("Other", "room")
    assert (changed["header"], changed["purpose"]) == ("", "")
    typed = await crew.ben.put(path, {"id": room["id"], "type": "P"})
    assert typed.error == "api.channel.update_channel.typechange.app_error"
    assert (await crew.ben.put(path, {"id": NOBODY})).status == 400


async def test_converting_is_the_team_admins(crew, heard):
    room = await crew.channel(crew.ben)
    path = f"/channels/{room['id']}/privacy"
    assert (await crew.ben.put(path, {"privacy": "P"})).status == 403
    assert (await crew.ann.put(path, {"privacy": "X"})).status == 400
    assert (await crew.ann.put(path, {"privacy": "P"})).json()["type"] == "P"
    assert (await crew.cid.get(f"/channels/{room['id']}")).status == 403
    assert [told.team_id for told in heard.take("channel_converted")] == [crew.team["id"]]
    public = (await crew.ann.get(f"/teams/{crew.team['id']}/channels")).json()
    assert "room" not in [channel["name"] for channel in public]


async def test_archived_channels_come_back(crew, heard):
    room = await crew.channel(crew.ben)
    path = f"/channels/{room['id']}"
    assert (await crew.cid.delete(path)).status == 403
    assert (await crew.ann.post(path + "/restore")).error == "api.channel.restore_channel.restored.app_error"
    assert (await crew.ben.delete(path)).status == 200
    assert (await crew.ben.delete(path)).error == "api.channel.delete_channel.deleted.app_error"
    assert (await crew.ben.put(path + "/patch", {"header": "x"})).error == "app.channel.update.bad_id"
    assert (await crew.ben.post(path + "/restore")).status == 403
    assert (await crew.ann.post(path + "/restore")).json()["delete_at"] == 0
    names = [type(told.event).event_name for told in heard]
    assert names.index("channel_deleted") < names.index("channel_restored")


async def test_the_archiving_of_a_private_channel_is_told_to_its_members_only(crew, heard):
    secret = await crew.channel(crew.ben, "secret", "P")
    await crew.ben.delete(f"/channels/{secret['id']}")
    assert [(told.team_id, told.channel_id) for told in heard.take("channel_deleted")] == [("", secret["id"])]


async def test_deleting_for_good_must_be_allowed(app, crew):
    room = await crew.channel(crew.ben)
    path = f"/channels/{room['id']}?permanent=true"
    assert (await crew.ben.delete(path)).error == "api.user.delete_channel.not_enabled.app_error"
    assert (await crew.admin.delete(path)).error == "api.user.delete_channel.not_enabled.for_admin.app_error"
    await app.config_store.patch({"ServiceSettings": {"EnableAPIChannelDeletion": True}})
    assert (await crew.ben.delete(path)).status == 200
    assert (await crew.ben.get(f"/channels/{room['id']}")).status == 404
    await crew.channel(crew.ben)


async def test_a_channel_moves_with_those_who_are_in_the_other_team(crew, heard):
    room = await crew.channel(crew.ben)
    await crew.join(room, crew.ben, crew.cid)
    other = (await crew.ben.post("/teams", {"name": "other", "display_name": "Other", "type": "O"})).json()
    path = f"/channels/{room['id']}/move"
    assert (await crew.ann.post(path, {"team_id": other["id"], "force": True})).status == 403
    assert (await crew.admin.post(path, {"team_id": other["id"]})).status == 400
    assert (await crew.admin.post(path, {"team_id": 1, "force": True})).status == 400
    assert (await crew.admin.post(path, {"team_id": other["id"], "force": False})).status == 400
    assert (await crew.admin.post(path, {"team_id": other["id"], "force": True})).json()["team_id"] == other["id"]
    members = (await crew.ben.get(f"/channels/{room['id']}/members")).json()
    assert [member["user_id"] for member in members] == [crew.ben.user["id"]]
    assert len(heard.take("user_removed")) == 2


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "", None),
        ("PUT", "", {"display_name": "x"}),
        ("PUT", "/patch", {"header": "x"}),
        ("PUT", "/privacy", {"privacy": "O"}),
        ("DELETE", "", None),
        ("POST", "/restore", None),
        ("POST", "/move", {"team_id": NOBODY, "force": True}),
        ("GET", "/members", None),
        ("POST", "/members", {"user_id": NOBODY}),
        ("POST", "/members/ids", [NOBODY]),
        ("GET", f"/members/{NOBODY}", None),
        ("GET", "/stats", None),
        ("GET", "/timezones", None),
        ("GET", "/common_teams", None),
    ],
)
async def test_routes_refuse_strangers(crew, method, path, body):
    secret = await crew.channel(crew.ben, "secret", "P")
    if isinstance(body, dict) and method == "PUT" and not path:
        body = {**body, "id": secret["id"]}
    if body and "user_id" in body:
        body = {"user_id": crew.dan.user["id"]}
    target = f"/channels/{secret['id']}{path}"
    assert (await Client(crew.admin.dispatcher).call(method, target, body)).status == 401
    for stranger in (crew.cid, crew.dan):
        assert (await stranger.call(method, target, body)).status in (403, 404)


async def test_a_move_looks_at_the_channel_before_the_body(crew):
    channel = await crew.channel(crew.ann)
    for path, status in ((f"/channels/{'z' * 26}/move", 404), (f"/channels/{channel['id']}/move", 400)):
        assert (await crew.admin.post(path, data=b"{")).status == status
