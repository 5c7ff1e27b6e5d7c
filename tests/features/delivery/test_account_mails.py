"""Mails about accounts: to whom they go, in which language, and that their links work."""

import pyotp
import pytest

from tests.client import PASSWORD
from tests.features.delivery.postbox import link_in

NEW_PASSWORD = "Passwd-654321"


def account(name: str, **more) -> dict:
    return {"email": f"{name}@example.com", "username": name, "password": PASSWORD, **more}


async def test_a_new_account_is_greeted_in_its_language(admin, mailed):
    await admin.post("/users", account("anna"))
    english = await mailed.take()
    assert (english["To"], english["From"]) == ("anna@example.com", "Sample <noreply@example.com>")
    assert "your account is ready" in english["Subject"]
    await admin.post("/users", account("bernd", locale="de"))
    german = await mailed.take()
    assert "Ihr Konto ist bereit" in german["Subject"]
    assert "Willkommen" in german.get_body(("html",)).get_content()
    assert "Willkommen" in german.get_body(("plain",)).get_content()


async def test_no_greeting_for_who_wants_none(admin, mailed):
    await admin.post("/users", account("quiet", disable_welcome_email=True))
    await admin.post("/users", account("loud"))
    assert (await mailed.take())["To"] == "loud@example.com"


async def test_an_address_is_verified_by_the_mailed_link(app, nobody, admin, mailed):
    await app.config_store.patch(
        {
            "EmailSettings": {"RequireEmailVerification": True},
            "TeamSettings": {"EnableOpenServer": True},
        }
    )
    await nobody.post("/users", account("anna"))
    link = link_in(await mailed.take(), "/do_verify_email")
    assert link["email"] == "anna@example.com"
    assert (await nobody.login("anna")).status == 401
    assert (await nobody.post("/users/email/verify", {"token": link["token"]})).status == 200
    assert (await nobody.login("anna")).status == 200


async def test_a_new_address_is_told_to_the_old_one(app, admin, mailed):
    anna = await admin.sign_up("anna", disable_welcome_email=True)
    await admin.post(f"/users/{anna.user['id']}/email/verify/member")
    await app.config_store.patch({"EmailSettings": {"RequireEmailVerification": True}})
    await anna.put("/users/me/patch", {"email": "new@example.com", "password": PASSWORD})
    asked = await mailed.take()
    assert asked["To"] == "new@example.com"
    await anna.post("/users/email/verify", {"token": link_in(asked, "/do_verify_email")["token"]})
    told = await mailed.take()
    assert told["To"] == "anna@example.com"
    assert "new@example.com" in told.get_body(("plain",)).get_content()


async def test_a_forgotten_password_is_replaced_by_the_mailed_link(nobody, admin, mailed):
    anna = await admin.sign_up("anna", disable_welcome_email=True)
    await nobody.post("/users/password/reset/send", {"email": "stranger@example.com"})
    await nobody.post("/users/password/reset/send", {"email": "anna@example.com"})
    token = link_in(await mailed.take(), "/reset_password_complete")["token"]
    assert (await nobody.post("/users/password/reset", {"token": token, "new_password": NEW_PASSWORD})).status == 200
    assert "password was changed" in (await mailed.take())["Subject"]
    assert (await anna.login("anna", NEW_PASSWORD)).status == 200


async def test_an_invitation_brings_a_stranger_into_the_team(nobody, admin, mailed):
    team = (await admin.post("/teams", {"name": "crew", "display_name": "Crew & Co", "type": "O"})).json()
    path = f"/teams/{team['id']}/invite/email"
    told = await admin.post(path + "?graceful=true", ["anna@example.com", "not an address"])
    assert [row["error"] is None for row in told.json()] == [True, False]
    mail = await mailed.take()
    assert "Crew &amp; Co" in mail.get_body(("html",)).get_content()
    token = link_in(mail, "/signup_user_complete/")["t"]
    assert (await nobody.post(f"/users?t={token}", account("anna"))).status == 201


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"username": "renamed"}, "username was changed"),
        ({"email": "other@example.com", "password": PASSWORD}, "address was changed"),
    ],
)
async def test_changes_of_the_profile_are_told_at_the_old_address(admin, mailed, change, words):
    anna = await admin.sign_up("anna", disable_welcome_email=True)
    assert (await anna.put("/users/me/patch", {"nickname": "x"})).status == 200
    assert (await anna.put("/users/me/patch", change)).status == 200
    mail = await mailed.take()
    assert (mail["To"], words in mail["Subject"]) == ("anna@example.com", True)


async def test_changes_of_the_keys_to_an_account_are_told(app, admin, mailed):
    await app.config_store.patch(
        {
            "ServiceSettings": {"EnableUserAccessTokens": True, "EnableMultifactorAuthentication": True},
            "TeamSettings": {"EnableUserDeactivation": True},
        }
    )
    anna = await admin.sign_up("anna", disable_welcome_email=True)
    me = f"/users/{anna.user['id']}"
    await anna.put(me + "/password", {"current_password": PASSWORD, "new_password": NEW_PASSWORD})
    assert "password" in (await mailed.take())["Subject"]
    await admin.put(me + "/roles", {"roles": "system_user system_user_access_token"})
    token = (await anna.post(me + "/tokens", {"description": "x"})).json()["token"]
    told = await mailed.take()
    assert "access token" in told["Subject"]
    assert token not in told.as_string()
    secret = (await anna.post(me + "/mfa/generate")).json()["secret"]
    await anna.put(me + "/mfa", {"activate": True, "code": pyotp.TOTP(secret).now()})
    assert "sign-in is on" in (await mailed.take())["Subject"]
    await anna.put(me + "/mfa", {"activate": False})
    assert "sign-in is off" in (await mailed.take())["Subject"]
    await anna.put(me + "/active", {"active": False})
    assert "switched off" in (await mailed.take())["Subject"]
