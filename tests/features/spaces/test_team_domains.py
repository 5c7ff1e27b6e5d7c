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
