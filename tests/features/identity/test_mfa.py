"""Two-factor authentication: codes open the door once, wrong ones count, and the secret is shown to its owner only."""

import pyotp
import pytest

from mmfast.api.context import App
from tests.client import PASSWORD, Client

LOGIN = {"login_id": "alice", "password": PASSWORD}


@pytest.fixture
async def alice(app: App, admin: Client) -> Client:
    app.config.ServiceSettings.EnableMultifactorAuthentication = True
    return await admin.sign_up("alice")


async def activate(alice: Client) -> pyotp.TOTP:
    secret = (await alice.post("/users/me/mfa/generate")).json()["secret"]
    totp = pyotp.TOTP(secret)
    assert (await alice.put("/users/me/mfa", {"activate": True, "code": totp.now()})).status == 200
    return totp


async def test_with_a_second_factor_a_password_alone_opens_nothing(alice: Client, nobody: Client):
    totp = await activate(alice)
    assert (await nobody.post("/users/login", LOGIN)).error == "mfa.validate_token.authenticate.app_error"
    wrong_password = await nobody.post("/users/login", {**LOGIN, "password": "wrong"})
    assert wrong_password.error == "api.user.login.invalid_credentials_email_username", "the code is asked for after it"
    assert (await nobody.post("/users/login", {**LOGIN, "token": totp.now()})).status == 200


async def test_a_code_works_once(alice: Client, nobody: Client):
    totp = await activate(alice)
    code = totp.now()
    assert (await nobody.post("/users/login", {**LOGIN, "token": code})).status == 200
    assert (await nobody.post("/users/login", {**LOGIN, "token": code})).error == (
        "api.user.check_user_mfa.bad_code.app_error"
    )


async def test_wrong_codes_lock_the_account(app: App, alice: Client, nobody: Client):
    app.config.ServiceSettings.MaximumLoginAttempts = 3
    await activate(alice)
    for _ in range(3):
        await nobody.post("/users/login", {**LOGIN, "token": "000000"})
    assert (await nobody.post("/users/login", LOGIN)).error == "api.user.check_user_login_attempts.too_many.app_error"


async def test_the_secret_is_the_users_own_affair(admin: Client, alice: Client, nobody: Client):
    bob = await admin.sign_up("bob")
    path = f"/users/{alice.user['id']}/mfa"
    for caller, status in ((bob, 403), (nobody, 401)):
        assert (await caller.post(path + "/generate")).status == status
        assert (await caller.put(path, {"activate": False})).status == status
    totp = await activate(alice)
    for answer in (await alice.get("/users/me"), await admin.get(f"/users/{alice.user['id']}")):
        assert totp.secret.encode() not in answer.body


async def test_an_administrator_switches_it_off(admin: Client, alice: Client, nobody: Client):
    await activate(alice)
    assert (await admin.put(f"/users/{alice.user['id']}/mfa", {"activate": False})).status == 200
    assert (await nobody.post("/users/login", LOGIN)).status == 200


@pytest.mark.parametrize("body", [{"activate": True}, {"activate": True, "code": ""}, {"activate": "true"}, {}])
async def test_switching_on_needs_a_code(alice: Client, body: dict[str, object]):
    assert (await alice.put("/users/me/mfa", body)).error == "api.context.invalid_body_param.app_error"


async def test_switched_off_for_the_server_it_asks_nobody(app: App, alice: Client, nobody: Client):
    await activate(alice)
    app.config.ServiceSettings.EnableMultifactorAuthentication = False
    assert (await nobody.post("/users/login", LOGIN)).status == 200
    assert (await alice.post("/users/me/mfa/generate")).error == "mfa.mfa_disabled.app_error"
