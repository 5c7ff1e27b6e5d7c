"""Logging in and out: what opens a session, what refuses one, and what a stranger learns from it."""

import logging

import pytest

from mmfast.api.context import App
from mmfast.features.identity.login import service as login
from tests.client import PASSWORD, Client

BROWSER = {"x-requested-with": "XMLHttpRequest"}
CREDENTIALS = "api.user.login.invalid_credentials_email_username"
EXPIRED = "api.context.session_expired.app_error"


async def _login(caller: Client, **fields: str) -> str:
    return (await caller.post("/users/login", fields)).error


async def test_a_name_an_address_and_an_id_open_sessions(admin: Client, nobody: Client):
    alice = await admin.sign_up("alice")
    for fields in ({"login_id": "ALICE"}, {"login_id": "alice@example.com"}, {"id": alice.user["id"]}):
        answer = await nobody.post("/users/login", {**fields, "password": PASSWORD})
        assert answer.status == 200
        assert (await Client(nobody.dispatcher, answer.headers["token"]).get("/users/me")).json()["username"] == "alice"


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"login_id": "alice", "password": "wrong"}, CREDENTIALS),
        ({"login_id": "stranger", "password": PASSWORD}, CREDENTIALS),
        ({"login_id": "", "password": PASSWORD}, CREDENTIALS),
        ({"login_id": " alice ", "password": PASSWORD}, CREDENTIALS),
        ({"login_id": "alice", "password": ""}, "api.user.login.blank_pwd.app_error"),
        ({"login_id": "alice\x00", "password": PASSWORD}, "api.context.invalid_param.app_error"),
        ({"magic_link_token": "x"}, CREDENTIALS),
    ],
)
async def test_wrong_credentials_are_not_told_apart(admin: Client, nobody: Client, fields, error):
    await admin.sign_up("alice")
    assert await _login(nobody, **fields) == error


async def test_a_body_that_is_no_json_is_one_without_a_password(nobody: Client):
    answer = await nobody.post("/users/login", data=b"nonsense")
    assert (answer.status, answer.error) == (400, "api.user.login.blank_pwd.app_error")


async def test_a_deactivated_account_is_refused_and_its_sessions_end(admin: Client, nobody: Client):
    alice = await admin.sign_up("alice")
    assert (await admin.delete(f"/users/{alice.user['id']}")).status == 200
    assert (await alice.get("/users/me")).error == EXPIRED
    assert await _login(nobody, login_id="alice", password=PASSWORD) == "api.user.login.inactive.app_error"


async def test_too_many_wrong_passwords_lock_the_account_until_it_is_freed(app: App, admin: Client, nobody: Client):
    app.config.ServiceSettings.MaximumLoginAttempts = 3
    alice = await admin.sign_up("alice")
    locked = "api.user.check_user_login_attempts.too_many.app_error"
    for _ in range(3):
        assert await _login(nobody, login_id="alice", password="wrong") == CREDENTIALS
    assert await _login(nobody, login_id="alice", password=PASSWORD) == locked
    assert (await alice.get("/users/me")).status == 200, "open sessions go on"
    assert (await alice.post(f"/users/{alice.user['id']}/reset_failed_attempts")).status == 403
    assert (await admin.post(f"/users/{alice.user['id']}/reset_failed_attempts")).status == 200
    assert await _login(nobody, login_id="alice", password=PASSWORD) == ""


async def test_guesses_side_by_side_gain_nothing(app: App, admin: Client, nobody: Client, monkeypatch):
    """A right guess that was under way while wrong ones locked the account does not open it."""
    app.config.ServiceSettings.MaximumLoginAttempts = 2
    await admin.sign_up("alice")
    verify = login.passwords.verify_in_thread

    async def slow_verify(text: str, stored: str) -> bool:
        if text == PASSWORD:
            for _ in range(2):
                await _login(nobody, login_id="alice", password="wrong")
        return await verify(text, stored)

    monkeypatch.setattr(login.passwords, "verify_in_thread", slow_verify)
    error = await _login(nobody, login_id="alice", password=PASSWORD)
    assert error == "api.user.check_user_login_attempts.too_many.app_error"


async def test_browsers_get_three_cookies_and_only_the_token_is_hidden_from_scripts(admin: Client, nobody: Client):
    await admin.sign_up("alice")
    fields = {"login_id": "alice", "password": PASSWORD}
    answer = await nobody.post("/users/login", fields, headers={**BROWSER, "x-forwarded-proto": "https"})
    cookies = {c.partition("=")[0]: c for c in answer.all("set-cookie")}
    assert set(cookies) == {"MMAUTHTOKEN", "MMUSERID", "MMCSRF"}
    assert all("; Secure" in c for c in cookies.values())
    assert [name for name, c in cookies.items() if "HttpOnly" in c] == ["MMAUTHTOKEN"]
    assert (await nobody.post("/users/login", fields)).all("set-cookie") == []


async def test_a_change_by_cookie_needs_a_proof_of_origin(app: App, admin: Client, nobody: Client):
    alice = await admin.sign_up("alice")
    answer = await nobody.post("/users/login", {"login_id": "alice", "password": PASSWORD}, headers=BROWSER)
    jar = {c.split(";")[0].partition("=")[0]: c.split(";")[0].partition("=")[2] for c in answer.all("set-cookie")}
    by_cookie = {"cookie": f"MMAUTHTOKEN={jar['MMAUTHTOKEN']}"}
    path = f"/users/{alice.user['id']}/patch"

    async def change(**headers: str) -> int:
        return (await nobody.put(path, {"nickname": "x"}, headers={**by_cookie, **headers})).status

    assert (await nobody.get("/users/me", headers=by_cookie)).status == 200
    assert await change() == 401
    assert await change(**{"x-csrf-token": "wrong"}) == 401
    assert await change(authorization="Bearer " + jar["MMAUTHTOKEN"]) == 401, "the cookie goes before the header"
    assert await change(**{"x-csrf-token": jar["MMCSRF"]}) == 200
    assert await change(**BROWSER) == 200
    app.config.ServiceSettings.ExperimentalStrictCSRFEnforcement = True
    assert await change(**BROWSER) == 401
    assert await change(**{"x-csrf-token": jar["MMCSRF"]}) == 200


async def test_logging_out_ends_the_session_and_never_fails(admin: Client, nobody: Client):
    alice = await admin.sign_up("alice")
    for _ in range(2):
        answer = await alice.post("/users/logout")
        assert answer.status == 200
        assert "MMAUTHTOKEN=;" in answer.headers["set-cookie"]
    assert (await alice.get("/users/me")).error == EXPIRED
    assert (await nobody.post("/users/logout")).status == 200


async def test_secrets_stay_out_of_answers_and_logs(admin: Client, nobody: Client, app: App, caplog):
    caplog.set_level(logging.DEBUG)
    app.config.ServiceSettings.EnableDeveloper = True
    alice = await admin.sign_up("alice")
    answer = await nobody.post("/users/login", {"login_id": "alice", "password": PASSWORD})
    token = answer.headers["token"]
    await nobody.post("/users/login", {"login_id": "alice", "password": "a wrong secret"})
    listed = await alice.get("/users/me/sessions")
    assert token.encode() not in answer.body + listed.body
    assert b"pbkdf2" not in answer.body
    assert token not in caplog.text
    assert "a wrong secret" not in caplog.text
