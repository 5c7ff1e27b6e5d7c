"""A team that takes accounts of certain e-mail domains only."""

from tests.client import Client


async def test_only_accounts_of_allowed_domains_join(admin: Client):
    team = (await admin.post("/teams", {"name": "corp", "display_name": "Corp", "type": "O"})).json()
    await admin.put(f"/teams/{team['id']}/patch", {"allowed_domains": "corp.example"})
    inside = await admin.sign_up("inside", email="inside@corp.example")
    outside = await admin.sign_up("outside")
    path = f"/teams/{team['id']}/members"
    added = await admin.post(path, {"team_id": team["id"], "user_id": inside.user["id"]})
    refused = await admin.post(path, {"team_id": team["id"], "user_id": outside.user["id"]})
    assert added.status == 201
    assert (refused.status, refused.error) == (400, "api.team.join_user_to_team.allowed_domains.app_error")


async def test_nobody_makes_a_team_that_they_could_not_join(app, admin: Client):
    outside = await admin.sign_up("outside")
    wanted = {"name": "corp", "display_name": "Corp", "type": "O", "allowed_domains": "corp.example"}
    refused = await outside.post("/teams", wanted)
    assert (refused.status, refused.error) == (400, "api.team.is_team_creation_allowed.domain.app_error")
    await app.config_store.patch({"TeamSettings": {"RestrictCreationToDomains": "corp.example"}})
    refused = await outside.post("/teams", wanted | {"allowed_domains": ""})
    assert refused.error == "api.team.is_team_creation_allowed.domain.app_error"


async def test_a_team_takes_no_more_domains_than_the_server(app, admin: Client):
    team = (await admin.post("/teams", {"name": "corp", "display_name": "Corp", "type": "O"})).json()
    path = f"/teams/{team['id']}"
    await app.config_store.patch({"TeamSettings": {"RestrictCreationToDomains": "corp.example, @lab.example"}})
    for refused in (
        await admin.put(path + "/patch", {"allowed_domains": "corp.example other.example"}),
        await admin.put(path, team | {"allowed_domains": "other.example"}),
    ):
        assert (refused.status, refused.error) == (400, "api.team.update_restricted_domains.mismatch.app_error")
    taken = await admin.put(path + "/patch", {"allowed_domains": "lab.example"})
    assert taken.json()["allowed_domains"] == "lab.example"
