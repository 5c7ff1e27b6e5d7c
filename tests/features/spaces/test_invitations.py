"""Invitations: joining and signing up by link and by mail."""

import pytest

from mmfast.core.clock import now_ms
from mmfast.features.spaces.invitations.service import INVITATION_MADE
from tests.client import PASSWORD


@pytest.fixture
async def team(admin):
    return (await admin.post("/teams", {"name": "crew", "display_name": "Crew", "type": "O"})).json()


@pytest.fixture
def mails(monkeypatch):
    """The invitations that would be mailed."""
    made = []

    async def keep(ctx, news):
        news.sent = True
        made.append(news)

    monkeypatch.setattr(INVITATION_MADE, "_handlers", [keep])
    return made


def account(name: str) -> dict:
    return {"email": f"{name}@example.com", "username": name, "password": PASSWORD}


async def teams_of(client) -> list[str]:
    return [m["team_id"] for m in (await client.get("/users/me/teams/members")).json()]


async def test_a_link_shows_its_team_and_brings_a_stranger_in(nobody, team):
    assert (await nobody.get(f"/teams/invite/{team['invite_id']}")).json()["display_name"] == "Crew"
    assert (await nobody.get("/teams/invite/unknown")).status == 404
    made = await nobody.post(f"/users?iid={team['invite_id']}", account("joiner"))
    assert made.status == 201
    await nobody.login("joiner")
    assert await teams_of(nobody) == [team["id"]]


async def test_an_unknown_invitation_makes_no_account(nobody, admin):
    assert (await nobody.post("/users?iid=unknown", account("eve"))).status == 404
    assert (await nobody.post("/users?t=unknown", account("eve"))).status == 404
    assert (await admin.get("/users/username/eve")).status == 404


async def test_a_mailed_token_works_once_and_for_its_address_only(nobody, admin, team, mails):
    assert (await admin.post(f"/teams/{team['id']}/invite/email", ["joiner@example.com"])).status == 200
    path = f"/users?t={mails[0].token}"
    assert (await nobody.post(path, account("other"))).error == "api.user.create_user.bad_token_email_data.app_error"
    made = await nobody.post(path, account("joiner"))
    assert (made.status, made.json()["email_verified"]) == (201, True)
    assert (await nobody.post(path, account("second"))).status == 404
    await nobody.login("joiner")
    assert await teams_of(nobody) == [team["id"]]


async def test_old_and_taken_back_invitations_are_void(app, nobody, admin, team, mails):
    await admin.post(f"/teams/{team['id']}/invite/email", ["a@example.com", "b@example.com"])
    await app.db.execute("UPDATE tokens SET createat = $2 WHERE token = $1", mails[0].token, now_ms() - 3 * 86_400_000)
    expired = await nobody.post(f"/users?t={mails[0].token}", account("a"))
    assert expired.error == "api.user.create_user.signup_link_expired.app_error"
    assert (await admin.delete("/teams/invites/email")).status == 200
    assert (await nobody.post(f"/users?t={mails[1].token}", account("b"))).status == 404


async def test_only_members_with_the_right_invite(app, admin, team, mails):
    stranger = await admin.sign_up("stranger")
    path = f"/teams/{team['id']}/invite/email"
    assert (await stranger.post(path, ["x@example.com"])).status == 403
    assert (await stranger.delete("/teams/invites/email")).status == 403
    await app.config_store.patch({"TeamSettings": {"RestrictCreationToDomains": "corp.example"}})
    assert (await admin.post(path, ["x@example.com"])).error == "api.team.invite_members.invalid_email.app_error"
    told = (await admin.post(path + "?graceful=true", ["x@example.com", "y@corp.example"])).json()
    assert [bool(row["error"]) for row in told] == [True, False]
    assert [m.email for m in mails] == ["y@corp.example"]


async def test_somebody_with_an_account_joins_by_the_link(admin, team):
    member = await admin.sign_up("member")
    joined = await member.post(f"/teams/members/invite?invite_id={team['invite_id']}")
    assert (joined.status, joined.json()["team_id"]) == (201, team["id"])
    assert (await member.post("/teams/members/invite")).status == 400
    await admin.put(f"/users/{member.user['id']}/roles", {"roles": "system_guest"})
    other = (await admin.post("/teams", {"name": "other", "display_name": "Other", "type": "O"})).json()
    assert (await member.post(f"/teams/members/invite?invite_id={other['invite_id']}")).status == 403
