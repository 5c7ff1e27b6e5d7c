"""Personal access tokens: who makes them, what switches them off, and that the secret is shown once."""

import pytest

from mmfast.api.context import App
from tests.client import Client

NOT_FOUND = "app.user_access_token.get_by_user.app_error"


@pytest.fixture
async def alice(app: App, admin: Client) -> Client:
    """Somebody who may make tokens."""
    app.config.ServiceSettings.EnableUserAccessTokens = True
    alice = await admin.sign_up("alice")
    await admin.put(f"/users/{alice.user['id']}/roles", {"roles": "system_user system_user_access_token"})
    return alice


async def make(owner: Client) -> tuple[str, Client]:
    """The id of a new token, and a caller who shows it."""
    made = (await owner.post(f"/users/{owner.user['id']}/tokens", {"description": "for scripts"})).json()
    return made["id"], Client(owner.dispatcher, made["token"])


async def test_the_secret_is_shown_once(alice: Client):
    token_id, script = await make(alice)
    for path in (f"/users/tokens/{token_id}", f"/users/{alice.user['id']}/tokens", "/users/me/sessions"):
        answer = await alice.get(path)
        assert answer.status == 200
        assert script.token.encode() not in answer.body


async def test_switching_off_and_taking_back_act_at_once(alice: Client):
    token_id, script = await make(alice)
    assert (await script.get("/users/me")).status == 200
    await alice.post("/users/tokens/disable", {"token_id": token_id})
    assert (await script.get("/users/me")).status == 401
    await alice.post("/users/tokens/enable", {"token_id": token_id})
    assert (await script.get("/users/me")).status == 200
    await alice.post("/users/tokens/revoke", {"token_id": token_id})
    assert (await script.get("/users/me")).status == 401
    assert (await alice.get(f"/users/tokens/{token_id}")).error == NOT_FOUND


async def test_the_server_and_the_account_can_switch_all_off(app: App, admin: Client, alice: Client):
    _, script = await make(alice)
    assert (await script.get("/users/me")).status == 200
    app.config.ServiceSettings.EnableUserAccessTokens = False
    assert (await script.get("/users/me")).status == 401
    app.config.ServiceSettings.EnableUserAccessTokens = True
    assert (await script.get("/users/me")).status == 200
    await admin.delete(f"/users/{alice.user['id']}")
    assert (await script.get("/users/me")).status == 401


async def test_a_session_token_or_access_token_in_the_address_is_refused(alice: Client, nobody: Client):
    _, script = await make(alice)
    for token in (alice.token, script.token):
        assert (await nobody.get("/users/me?access_token=" + token)).error == "api.context.token_provided.app_error"


async def test_others_have_no_part_in_it(admin: Client, alice: Client, nobody: Client):
    token_id, _ = await make(alice)
    bob = await admin.sign_up("bob")
    await admin.put(f"/users/{bob.user['id']}/roles", {"roles": "system_user system_user_access_token"})
    for caller, status in ((bob, 403), (nobody, 401)):
        assert (await caller.post(f"/users/{alice.user['id']}/tokens", {"description": "x"})).status == status
        assert (await caller.get(f"/users/{alice.user['id']}/tokens")).status == status
        assert (await caller.get(f"/users/tokens/{token_id}")).status == status
        assert (await caller.get("/users/tokens")).status == status
        assert (await caller.post("/users/tokens/search", {"term": "alice"})).status == status
        for what in ("disable", "enable", "revoke"):
            assert (await caller.post(f"/users/tokens/{what}", {"token_id": token_id})).status == status
    assert (await bob.post(f"/users/{admin.user['id']}/tokens", {"description": "x"})).status == 403


async def test_a_wildcard_is_no_search_for_everything(admin: Client, alice: Client):
    await make(alice)
    assert (await admin.post("/users/tokens/search", {"term": "%"})).json() == []
    assert len((await admin.post("/users/tokens/search", {"term": "ali"})).json()) == 1
