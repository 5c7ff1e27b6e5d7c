"""The OAuth 2.0 provider: an app gets in by the user's consent only, and its tokens end when they should."""

import base64
import hashlib
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from mmfast.api.context import App, Context
from mmfast.core.clock import now_ms
from mmfast.features.integrations.oauth_provider import service
from tests.client import Client

CALLBACK = "https://app.example/callback"
VERIFIER = "v" * 50
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")


async def make_app(admin: Client, **fields: object) -> dict:
    made = await admin.post(
        "/oauth/apps", {"name": "App", "homepage": "https://app.example", "callback_urls": [CALLBACK], **fields}
    )
    assert made.status == 201, made.body
    return made.json()


async def let_in(user: Client, app: dict, **fields: str) -> str:
    """The user's consent; the code that the app gets."""
    body = {"response_type": "code", "client_id": app["id"], "redirect_uri": CALLBACK, "state": "s", **fields}
    answer = await user.post("//oauth/authorize", body)
    assert answer.status == 200, answer.body
    return parse_qs(urlsplit(answer.json()["redirect"]).query).get("code", [""])[0]


async def ask(caller: Client, app: dict, **fields: str) -> dict:
    """What the token endpoint says to the app."""
    form = {"grant_type": "authorization_code", "redirect_uri": CALLBACK, "client_id": app["id"], **fields}
    if app["client_secret"]:
        form.setdefault("client_secret", app["client_secret"])
    answer = await caller.post("//oauth/access_token", data=urlencode(form).encode())
    return answer.json()


@pytest.fixture
async def alice(admin: Client) -> Client:
    return await admin.sign_up("alice")


async def test_a_code_is_worth_one_token(admin: Client, alice: Client, nobody: Client):
    app = await make_app(admin)
    code = await let_in(alice, app)
    token = (await ask(nobody, app, code=code))["access_token"]
    assert (await Client(nobody.dispatcher, token).get("/users/me")).json()["username"] == "alice"
    assert (await nobody.get("/users/me?access_token=" + token)).status == 200
    assert (await ask(nobody, app, code=code))["id"] == "api.oauth.get_access_token.expired_code.app_error"


async def test_a_code_is_worth_nothing_to_others(admin: Client, alice: Client, nobody: Client):
    app, other = await make_app(admin), await make_app(admin, name="Other")
    code = await let_in(alice, app)
    for asker, fields, error in (
        (other, {}, "api.oauth.get_access_token.client_id_mismatch.app_error"),
        (app, {"client_secret": "wrong"}, "model.oauth.validate_grant.credentials.app_error"),
        (app, {"client_secret": ""}, "model.oauth.validate_grant.credentials.app_error"),
        (app, {"redirect_uri": "https://evil.example"}, "api.oauth.get_access_token.redirect_uri.app_error"),
    ):
        assert (await ask(nobody, asker, code=code, **fields))["id"] == error


async def test_a_refresh_token_works_once(admin: Client, alice: Client, nobody: Client):
    app = await make_app(admin)
    first = await ask(nobody, app, code=await let_in(alice, app))
    renewal = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    second = await ask(nobody, app, **renewal)
    assert (await Client(nobody.dispatcher, second["access_token"]).get("/users/me")).status == 200
    assert (await Client(nobody.dispatcher, first["access_token"]).get("/users/me")).status == 401
    assert (await ask(nobody, app, **renewal))["id"] == "api.oauth.get_access_token.refresh_token.app_error"


@pytest.mark.parametrize("end", ["consent", "app", "sessions", "account"])
async def test_what_ends_a_token(admin: Client, alice: Client, nobody: Client, end: str):
    app = await make_app(admin)
    script = Client(nobody.dispatcher, (await ask(nobody, app, code=await let_in(alice, app)))["access_token"])
    assert (await script.get("/users/me")).status == 200
    if end == "consent":
        await alice.post("//oauth/deauthorize", {"client_id": app["id"]})
    elif end == "app":
        await admin.delete(f"/oauth/apps/{app['id']}")
    elif end == "sessions":
        await alice.post("/users/me/sessions/revoke/all")
    else:
        await admin.delete(f"/users/{alice.user['id']}")
    assert (await script.get("/users/me")).status == 401


async def test_a_public_app_proves_itself_by_its_verifier(admin: Client, alice: Client, nobody: Client):
    app = await make_app(admin, is_public=True)
    assert app["client_secret"] == ""
    without = await alice.post(
        "//oauth/authorize", {"response_type": "code", "client_id": app["id"], "redirect_uri": CALLBACK}
    )
    assert without.error == "api.oauth.allow_oauth.pkce_required_public.app_error"
    code = await let_in(alice, app, code_challenge=CHALLENGE, code_challenge_method="S256")
    wrong = await ask(nobody, app, code=code, code_verifier="w" * 50)
    assert wrong["id"] == "model.authorize.validate_pkce.verification_failed.app_error"
    right = await ask(nobody, app, code=code, code_verifier=VERIFIER)
    assert right["access_token"]
    assert right["refresh_token"] == ""


async def test_an_app_does_not_gain_more_than_it_was_given(admin: Client, alice: Client, nobody: Client):
    app = await make_app(admin)
    script = Client(nobody.dispatcher, (await ask(nobody, app, code=await let_in(alice, app)))["access_token"])
    consent = {"response_type": "code", "client_id": app["id"], "redirect_uri": CALLBACK}
    assert (await script.post("//oauth/authorize", consent)).status == 403
    assert (await script.post("/users/me/mfa/generate")).status == 403
    assert (await script.post(f"/users/{alice.user['id']}/tokens", {"description": "x"})).status == 403
    change = {"email": "x@example.com", "password": "Passwd-123456"}
    assert (await script.put(f"/users/{alice.user['id']}/patch", change)).status == 403


async def test_the_browser_is_sent_to_registered_addresses_only(admin: Client, alice: Client, nobody: Client):
    app = await make_app(admin)

    async def visit(caller: Client, redirect_uri: str) -> tuple[int, str]:
        query = urlencode({"response_type": "code", "client_id": app["id"], "redirect_uri": redirect_uri})
        answer = await caller.get("//oauth/authorize?" + query)
        return answer.status, answer.headers.get("location", "")

    assert (await visit(alice, "https://evil.example")) == (400, "")
    assert (await visit(nobody, CALLBACK))[1].startswith("/login?redirect_to=%2Foauth%2Fauthorize")
    assert (await visit(alice, CALLBACK)) == (200, "")
    await let_in(alice, app)
    status, location = await visit(alice, CALLBACK)
    assert status == 302
    assert location.startswith(CALLBACK + "?code=")


async def test_the_page_of_consent_shows_names_as_text(admin: Client, alice: Client):
    app = await make_app(admin, name="<script>alert(1)</script>")
    query = {"response_type": "code", "client_id": app["id"], "redirect_uri": CALLBACK, "state": "</script><b>"}
    page = await alice.get("//oauth/authorize?" + urlencode(query))
    assert page.headers["x-frame-options"] == "SAMEORIGIN"
    assert b"<script>alert" not in page.body
    assert b"</script><b>" not in page.body


async def test_who_manages_apps(admin: Client, alice: Client, nobody: Client):
    app = await make_app(admin)
    path = f"/oauth/apps/{app['id']}"
    for caller, status in ((alice, 403), (nobody, 401)):
        assert (await caller.get(path)).status == status
        assert (await caller.put(path, app)).status == status
        assert (await caller.post(path + "/regen_secret")).status == status
        assert (await caller.delete(path)).status == status
        assert (await caller.get("/oauth/apps")).status == status
    info = await alice.get(path + "/info")
    assert info.json()["client_secret"] == ""


async def test_clients_register_themselves_where_that_is_on(app: App, nobody: Client, admin: Client):
    wish = {"redirect_uris": [CALLBACK]}
    assert (await nobody.post("/oauth/apps/register", wish)).json()["error"] == "unsupported_operation"
    app.config.ServiceSettings.EnableDynamicClientRegistration = True
    assert (await nobody.post("/oauth/apps/register", wish)).status == 201
    app.config.ServiceSettings.DCRRedirectURIAllowlist = ["https://*.allowed.example/**"]
    for address, status in (
        ("https://a.allowed.example/x/y", 201),
        ("https://a.b/.allowed.example/x", 400),
        ("https://allowed.example.evil/x", 400),
        (CALLBACK, 400),
    ):
        assert (await nobody.post("/oauth/apps/register", {"redirect_uris": [address]})).status == status, address


async def test_codes_that_no_app_used_in_time_are_removed(app):
    sql = "INSERT INTO oauthauthdata (code, expiresin, createat) VALUES ($1, 600, $2)"
    for name, age in (("new", 60_000), ("old", 660_000)):
        await app.db.execute(sql, name, now_ms() - age)
    await service.remove_expired_codes(Context.background(app))
    assert [row[0] for row in await app.db.fetch("SELECT code FROM oauthauthdata")] == ["new"]
