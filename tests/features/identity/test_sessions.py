"""Sessions: how long they last, who sees and ends them, and that an ended one is ended at once."""

import pytest

from mmfast.api.context import App, Context
from mmfast.core.clock import now_ms
from mmfast.features.identity.sessions import service
from mmfast.realtime.signals import AllSessionsRevoked, SessionRevoked, UserSessionsRevoked
from tests.client import PASSWORD, Client

HOUR = 3_600_000


@pytest.fixture
async def alice(admin: Client) -> Client:
    return await admin.sign_up("alice")


@pytest.fixture
def told(app: App, monkeypatch) -> list[object]:
    """Everything that is published from now on."""
    items: list[object] = []
    publish = app.publish
    monkeypatch.setattr(app, "publish", lambda item: (items.append(item), publish(item)))
    return items


def later(monkeypatch, milliseconds: int) -> None:
    """Moves the sessions' clock."""
    monkeypatch.setattr(service, "now_ms", lambda: now_ms() + milliseconds)


async def test_a_known_token_asks_no_database(app: App, alice: Client, monkeypatch):
    await alice.get("/users/me")
    monkeypatch.setattr(app, "db", None)
    session = await service.find_session(Context(app), alice.token)
    assert session is not None
    assert session.user_id == alice.user["id"]


@pytest.mark.parametrize("token", ["", "x", "x" * 26, "y" * 27, "x" * 25 + "\x00", "'" * 26])
async def test_unknown_tokens_find_nothing(app: App, alice: Client, token: str):
    assert await service.find_session(Context(app), token) is None


async def test_an_expired_session_is_refused_even_if_it_is_cached(alice: Client, monkeypatch):
    assert (await alice.get("/users/me")).status == 200
    later(monkeypatch, 4321 * HOUR)
    assert (await alice.get("/users/me")).error == "api.context.session_expired.app_error"


async def test_an_idle_browser_is_signed_out_and_a_phone_is_not(app: App, admin: Client, alice: Client, monkeypatch):
    app.config.ServiceSettings.SessionIdleTimeoutInMinutes = 5
    phone = Client(alice.dispatcher)
    answer = await phone.post("/users/login", {"login_id": "alice", "password": PASSWORD, "device_id": "apple:1"})
    phone.token = answer.headers["token"]
    later(monkeypatch, 6 * 60_000)
    assert (await alice.get("/users/me")).status == 401
    assert (await phone.get("/users/me")).status == 200


async def test_activity_lengthens_sessions_where_that_is_configured(app: App, alice: Client, monkeypatch):
    app.config.ServiceSettings.ExtendSessionLengthWithActivity = True
    before = (await alice.get("/users/me/sessions")).json()[0]["expires_at"]
    later(monkeypatch, 100 * HOUR)
    await alice.get("/users/me")
    after = (await alice.get("/users/me/sessions")).json()[0]["expires_at"]
    assert abs(after - before - 100 * HOUR) < HOUR


async def test_ending_one_session_leaves_the_others(alice: Client, told: list[object]):
    other = Client(alice.dispatcher)
    await other.login("alice")
    mine = {s["id"] for s in (await alice.get("/users/me/sessions")).json()}
    session = await service.find_session(Context(alice.dispatcher._app), other.token)
    assert session is not None
    assert session.id in mine
    path = f"/users/{alice.user['id']}/sessions/revoke"
    assert (await alice.post(path, {"session_id": session.id})).status == 200
    assert (await other.get("/users/me")).status == 401
    assert (await alice.get("/users/me")).status == 200
    assert SessionRevoked(session.id) in told


async def test_others_neither_see_nor_end_ones_sessions(admin: Client, alice: Client, nobody: Client):
    bob = await admin.sign_up("bob")
    base = f"/users/{alice.user['id']}/sessions"
    mine = (await alice.get(base)).json()[0]["id"]
    for caller, status in ((bob, 403), (nobody, 401)):
        assert (await caller.get(base)).status == status
        assert (await caller.post(base + "/revoke", {"session_id": mine})).status == status
        assert (await caller.post(base + "/revoke/all")).status == status
        assert (await caller.post("/users/sessions/revoke/all")).status == status
    under_own_name = await bob.post("/users/me/sessions/revoke", {"session_id": mine})
    assert under_own_name.error == "api.context.invalid_url_param.app_error"
    assert (await alice.get("/users/me")).status == 200


async def test_ending_all_sessions_of_one_and_of_everybody(admin: Client, alice: Client, told: list[object]):
    assert (await admin.post(f"/users/{alice.user['id']}/sessions/revoke/all")).status == 200
    assert (await alice.get("/users/me")).status == 401
    assert UserSessionsRevoked(alice.user["id"]) in told
    assert (await admin.post("/users/sessions/revoke/all")).status == 200
    assert (await admin.get("/users/me")).status == 401
    assert AllSessionsRevoked() in told


async def test_new_roles_hold_in_open_sessions_at_once(admin: Client, alice: Client):
    assert (await alice.get("/roles")).status == 403
    await admin.put(f"/users/{alice.user['id']}/roles", {"roles": "system_user system_admin"})
    assert (await alice.get("/roles")).status == 200
    await admin.put(f"/users/{alice.user['id']}/roles", {"roles": "system_user"})
    assert (await alice.get("/roles")).status == 403


async def test_a_device_has_one_session(alice: Client):
    answer = await alice.put("/users/sessions/device", {"device_id": "android:zzz"})
    assert answer.headers["set-cookie"].startswith(f"MMAUTHTOKEN={alice.token};")
    other = Client(alice.dispatcher)
    await other.login("alice")
    assert (await other.put("/users/sessions/device", {"device_id": "android:zzz"})).status == 200
    assert (await alice.get("/users/me")).status == 401


@pytest.mark.parametrize(
    "body", [{"device_notification_disabled": "maybe"}, {"mobile_version": "two"}, {"mobile_version": "1.2"}]
)
async def test_malformed_properties_of_a_device_are_refused(alice: Client, body: dict[str, str]):
    assert (await alice.put("/users/sessions/device", body)).error == "api.context.invalid_body_param.app_error"
