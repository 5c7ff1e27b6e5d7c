"""Changing and resetting passwords: who may, what proves it, and that a link works once and not for long."""

import pytest

from mmfast.api.context import App, Context
from mmfast.core.clock import now_ms
from mmfast.features.identity.email_verification import service as verification
from mmfast.features.identity.password_changes import service
from mmfast.features.identity.users.service import get_user
from tests.client import PASSWORD, Client

NEW = "Passwd-654321"


@pytest.fixture
async def alice(admin: Client) -> Client:
    return await admin.sign_up("alice")


@pytest.fixture
def links(monkeypatch) -> list[str]:
    """The tokens of the links that would have been mailed."""
    tokens: list[str] = []

    async def remember(ctx: Context, news: object) -> None:
        tokens.append(news.token)

    monkeypatch.setattr(service.RESET_REQUESTED, "_handlers", [remember])
    monkeypatch.setattr(verification.VERIFICATION_REQUESTED, "_handlers", [remember])
    return tokens


async def test_ones_own_needs_the_present_one(alice: Client, nobody: Client):
    path = f"/users/{alice.user['id']}/password"
    assert (await alice.put(path, {"new_password": NEW})).error == "api.context.invalid_body_param.app_error"
    wrong = await alice.put(path, {"current_password": "wrong", "new_password": NEW})
    assert wrong.error == "api.user.update_password.incorrect.app_error"
    assert (await alice.put(path, {"current_password": PASSWORD, "new_password": NEW})).status == 200
    assert (await nobody.post("/users/login", {"login_id": "alice", "password": PASSWORD})).status == 401
    assert (await nobody.post("/users/login", {"login_id": "alice", "password": NEW})).status == 200


async def test_guessing_the_present_one_locks_the_account(app: App, alice: Client):
    app.config.ServiceSettings.MaximumLoginAttempts = 2
    path = f"/users/{alice.user['id']}/password"
    for _ in range(2):
        await alice.put(path, {"current_password": "wrong", "new_password": NEW})
    answer = await alice.put(path, {"current_password": PASSWORD, "new_password": NEW})
    assert answer.error == "api.user.check_user_login_attempts.too_many.app_error"


async def test_another_users_is_for_administrators(admin: Client, alice: Client, nobody: Client):
    bob = await admin.sign_up("bob")
    path = f"/users/{alice.user['id']}/password"
    body = {"current_password": PASSWORD, "new_password": NEW}
    assert (await bob.put(path, body)).status == 403
    assert (await nobody.put(path, body)).status == 401
    assert (await bob.put(path, {"new_password": "$2a$10$abc", "already_hashed": "true"})).status == 403
    assert (await alice.put(path, {"new_password": "$2a$10$abc", "already_hashed": "true"})).status == 401
    assert (await admin.put(path, {"new_password": NEW})).status == 200
    assert (await alice.get("/users/me")).status == 200


async def test_a_new_password_ends_other_sessions_where_configured(app: App, alice: Client):
    app.config.ServiceSettings.TerminateSessionsOnPasswordChange = True
    other = Client(alice.dispatcher)
    await other.login("alice")
    body = {"current_password": PASSWORD, "new_password": NEW}
    assert (await alice.put("/users/me/password", body)).status == 200
    assert (await alice.get("/users/me")).status == 200
    assert (await other.get("/users/me")).status == 401


async def test_a_link_sets_a_password_once(alice: Client, nobody: Client, links: list[str]):
    await nobody.post("/users/password/reset/send", {"email": "ALICE@example.com"})
    await nobody.post("/users/password/reset/send", {"email": "alice@example.com"})
    first, second = links
    invalid = "api.user.reset_password.invalid_link.app_error"
    assert (await nobody.post("/users/password/reset", {"token": first, "new_password": NEW})).error == invalid
    weak = await nobody.post("/users/password/reset", {"token": second, "new_password": "x"})
    assert weak.error == "model.user.is_valid.pwd_min_length.app_error"
    assert (await nobody.post("/users/password/reset", {"token": second, "new_password": NEW})).status == 200
    assert (await nobody.post("/users/password/reset", {"token": second, "new_password": NEW})).error == invalid
    assert (await nobody.post("/users/login", {"login_id": "alice", "password": NEW})).status == 200


async def test_a_link_grows_old(alice: Client, nobody: Client, links: list[str], monkeypatch):
    await nobody.post("/users/password/reset/send", {"email": "alice@example.com"})
    monkeypatch.setattr(service, "now_ms", lambda: now_ms() + service.LINK_LIFETIME + 1)
    answer = await nobody.post("/users/password/reset", {"token": links[0], "new_password": NEW})
    assert answer.error == "api.user.reset_password.link_expired.app_error"


async def test_whether_an_address_is_known_is_not_told(nobody: Client, links: list[str]):
    for path in ("/users/password/reset/send", "/users/email/verify/send"):
        assert (await nobody.post(path, {"email": "nobody@example.com"})).json() == {"status": "OK"}
    assert links == []


async def test_a_verification_link_verifies_once_and_is_no_other_link(
    app: App, alice: Client, nobody: Client, links: list[str]
):
    ctx = Context(app)
    await verification.request_verification(ctx, await get_user(ctx, alice.user["id"]), "new@example.com")
    (token,) = links
    as_reset = await nobody.post("/users/password/reset", {"token": token, "new_password": NEW})
    assert as_reset.error == "api.user.reset_password.invalid_link.app_error"
    assert (await nobody.post("/users/email/verify", {"token": token})).status == 200
    assert (await alice.get("/users/me")).json()["email"] == "new@example.com"
    again = await nobody.post("/users/email/verify", {"token": token})
    assert again.error == "api.user.verify_email.bad_link.app_error"


async def test_a_new_address_is_taken_when_it_is_verified(app: App, alice: Client, nobody: Client, links: list[str]):
    app.config.EmailSettings.RequireEmailVerification = True
    change = {"email": "new@example.com", "password": PASSWORD}
    answer = await alice.put("/users/me/patch", change)
    assert answer.json()["email"] == "alice@example.com"
    assert (await nobody.post("/users/email/verify", {"token": links[0]})).status == 200
    assert (await alice.get("/users/me")).json()["email"] == "new@example.com"
