"""Bots: made and owned by people with the permission, unseen by others, speaking through tokens only."""

import pytest

from mmfast.api.context import App
from tests.client import PASSWORD, Client

HIDDEN = "store.sql_bot.get.missing.app_error"


@pytest.fixture
async def robot(app: App, admin: Client) -> str:
    """The id of a bot that the administrator owns."""
    app.config.ServiceSettings.EnableBotAccountCreation = True
    made = await admin.post("/bots", {"username": "robot", "display_name": "Robo"})
    assert made.status == 201, made.body
    return made.json()["user_id"]


async def test_who_may_not_see_bots_finds_none(admin: Client, nobody: Client, robot: str):
    alice = await admin.sign_up("alice")
    path = f"/bots/{robot}"
    assert (await nobody.get(path)).status == 401
    assert (await alice.get(path)).error == HIDDEN
    assert (await alice.put(path, {"description": "x"})).error == HIDDEN
    for what in ("disable", "enable", f"assign/{alice.user['id']}"):
        assert (await alice.post(f"{path}/{what}")).error == HIDDEN
    assert (await alice.post(f"{path}/convert_to_user", {"password": PASSWORD})).status == 403
    assert (await alice.get("/bots")).status == 403
    assert (await alice.post("/bots", {"username": "child"})).status == 403
    assert (await alice.post(f"/users/{robot}/tokens", {"description": "x"})).status == 403


async def test_a_bot_does_not_log_in(nobody: Client, robot: str):
    answer = await nobody.post("/users/login", {"login_id": "robot", "password": PASSWORD})
    assert answer.error == "api.user.login.bot_login_forbidden.app_error"


async def test_a_bot_that_is_off_is_silent(admin: Client, robot: str):
    token = (await admin.post(f"/users/{robot}/tokens", {"description": "x"})).json()["token"]
    speaker = Client(admin.dispatcher, token)
    assert (await speaker.get("/users/me")).json()["is_bot"] is True
    await admin.post(f"/bots/{robot}/disable")
    assert (await speaker.get("/users/me")).status == 401
    assert (await admin.get(f"/bots/{robot}")).error == HIDDEN
    await admin.post(f"/bots/{robot}/enable")
    assert (await speaker.get("/users/me")).status == 200


async def test_bots_go_off_with_their_owner(admin: Client, robot: str):
    alice = await admin.sign_up("alice")
    await admin.post(f"/bots/{robot}/assign/{alice.user['id']}")
    await admin.put(f"/users/{alice.user['id']}/active", {"active": False})
    assert (await admin.get(f"/bots/{robot}?include_deleted=true")).json()["delete_at"] > 0


async def test_a_bot_owns_no_bot(admin: Client, robot: str):
    assert (await admin.post(f"/bots/{robot}/assign/{robot}")).status == 403


async def test_a_bot_becomes_a_person_and_back(admin: Client, nobody: Client, robot: str):
    answer = await admin.post(f"/bots/{robot}/convert_to_user", {"password": PASSWORD, "username": "human"})
    assert answer.status == 200
    human = Client(nobody.dispatcher)
    assert (await human.login("human")).status == 200
    assert (await admin.post(f"/users/{robot}/convert_to_bot")).json()["owner_id"] == robot
    assert (await human.get("/users/me")).status == 401


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({}, "model.bot.is_valid.username.app_error"),
        ({"username": "bad name"}, "model.bot.is_valid.username.app_error"),
        ({"username": "b" * 65}, "model.bot.is_valid.username.app_error"),
        ({"username": "dot."}, "model.user.is_valid.email.app_error"),
        ({"username": "robot"}, "app.user.save.username_exists.app_error"),
        ({"username": "long", "description": "d" * 1025}, "model.bot.is_valid.description.app_error"),
    ],
)
async def test_malformed_bots_are_refused(admin: Client, robot: str, fields: dict[str, str], error: str):
    answer = await admin.post("/bots", fields)
    assert (answer.status, answer.error) == (400, error)
