"""The configuration API: who reads and writes which settings, and what clients are told."""

import pytest

from mmfast.api.context import App, Context
from mmfast.features.identity.roles import service as roles
from mmfast.features.identity.users import service as users
from mmfast.platform.config.secrets import MASK
from tests.client import Client

SITE = {"ServiceSettings": {"SiteURL": "http://chat.example.com"}}


@pytest.fixture
async def reader(app: App, admin: Client) -> Client:
    """Someone whose role opens one page of the System Console for reading and another for writing."""
    ctx = Context.background(app)
    role = await roles.get_role_by_name(ctx, "system_read_only_admin")
    permissions = [
        "sysconsole_read_site_customization",
        "sysconsole_write_site_customization",
        "sysconsole_read_plugins",
    ]
    await roles.update_permissions(ctx, role, permissions)
    other = await admin.sign_up("reader")
    await users.update_roles(ctx, await users.get_user(ctx, other.user["id"]), "system_user system_read_only_admin")
    await other.login("reader")
    return other


async def test_secrets_are_masked_and_kept(app, admin):
    whole = (await admin.get("/config")).json()
    assert whole["SqlSettings"]["AtRestEncryptKey"] == MASK
    before = app.config.SqlSettings.AtRestEncryptKey
    answer = await admin.put("/config", whole | {"EmailSettings": {"SMTPPassword": "hidden"}})
    assert answer.status == 200
    assert answer.json()["EmailSettings"]["SMTPPassword"] == MASK
    assert app.config.EmailSettings.SMTPPassword == "hidden"
    assert app.config.SqlSettings.AtRestEncryptKey == before
    await admin.put("/config/patch", {"EmailSettings": {"SMTPPassword": MASK}})
    assert app.config.EmailSettings.SMTPPassword == "hidden"


async def test_a_patch_applies_at_once_and_is_announced(app, admin, monkeypatch):
    told = []
    publish = app.publish
    app.publish = lambda item: (told.append(item), publish(item))
    await admin.put("/config/patch", {"TeamSettings": {"SiteName": "Acme"}})
    assert app.config.TeamSettings.SiteName == "Acme"
    events = [item.event for item in told if hasattr(item, "event")]
    assert [event.config["SiteName"] for event in events] == ["Acme"]
    told.clear()
    await admin.put("/config/patch", {"TeamSettings": {"SiteName": "Acme"}})
    assert told == []


async def test_the_site_url_is_not_emptied(admin):
    assert (await admin.put("/config/patch", SITE)).status == 200
    for path in ("/config", "/config/patch"):
        answer = await admin.put(path, {"ServiceSettings": {"SiteURL": ""}})
        assert answer.error == "api.config.update_config.clear_siteurl.app_error"


@pytest.mark.parametrize(
    ("section", "change"),
    [
        ("PluginSettings", {"EnableUploads": True}),
        ("ImportSettings", {"Directory": "/"}),
        ("PluginSettings", {"MarketplaceURL": "http://evil.example.com"}),
    ],
)
async def test_what_the_api_never_changes(app, admin, section, change):
    answer = await admin.put("/config/patch", {section: change})
    assert (answer.status, answer.error) == (403, "api.config.update_config.not_allowed_security.app_error")
    whole = (await admin.get("/config")).json()
    whole[section].update(change)
    assert (await admin.put("/config", whole)).status == 200
    name = next(iter(change))
    assert getattr(getattr(app.config, section), name) != change[name]


async def test_a_reader_sees_only_the_pages_of_his_permissions(reader):
    seen = (await reader.get("/config")).json()
    assert seen["TeamSettings"].keys() == {"SiteName", "EnableCustomBrand", "CustomBrandText", "CustomDescriptionText"}
    assert "PluginSettings" in seen
    assert "SqlSettings" not in seen
    assert seen["ExperimentalSettings"].keys() == {"RestrictSystemAdmin"}


async def test_a_writer_changes_only_the_pages_of_his_permissions(app, reader):
    assert (await reader.put("/config/patch", {"TeamSettings": {"SiteName": "Mine"}})).status == 200
    assert (await reader.put("/config/patch", {"TeamSettings": {"MaxUsersPerTeam": 7}})).status == 403
    assert (await reader.put("/config/patch", {"PluginSettings": {"EnableHealthCheck": False}})).status == 403
    answer = await reader.put("/config", {"TeamSettings": {"SiteName": "Whole", "MaxUsersPerTeam": 7}})
    assert answer.status == 200
    assert app.config.TeamSettings.SiteName == "Whole"
    assert app.config.TeamSettings.MaxUsersPerTeam == 50
    assert app.config.PluginSettings.EnableHealthCheck


async def test_a_restricted_administrator_does_not_reach_the_machine(app, admin):
    await admin.put("/config/patch", {"ExperimentalSettings": {"RestrictSystemAdmin": True}})
    assert (await admin.put("/config/patch", {"ServiceSettings": {"TLSCertFile": "x"}})).status == 403
    assert (await admin.put("/config/patch", {"TeamSettings": {"SiteName": "Still"}})).status == 200


async def test_strangers_are_refused(nobody, admin):
    user = await admin.sign_up("user")
    for method, path in (("GET", "/config"), ("PUT", "/config"), ("PUT", "/config/patch"), ("POST", "/config/reload")):
        assert (await nobody.call(method, path, {})).status == 401
        assert (await user.call(method, path, {})).status == 403
    assert (await user.get("/config/environment")).json() is None


async def test_clients_are_told_more_after_login(nobody, admin):
    assert (await nobody.get("/config/client?format=old")).json()["NoAccounts"] == "false"
    before = (await nobody.get("/config/client?format=old")).json()
    after = (await admin.get("/config/client?format=old")).json()
    assert before.keys() < after.keys()
    assert all(isinstance(value, str) for value in after.values())
    assert before["AsymmetricSigningPublicKey"] == after["AsymmetricSigningPublicKey"] != ""
    assert (await nobody.get("/license/client?format=old")).json() == {"IsLicensed": "false"}


async def test_an_empty_server_says_so(nobody):
    assert (await nobody.get("/config/client")).json()["NoAccounts"] == "true"
