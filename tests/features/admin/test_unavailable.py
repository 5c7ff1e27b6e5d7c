"""Features that are not here: who may not use them hears that, everybody else that they are not here."""

import pytest

ID = "z" * 26

FOR_EVERYBODY = (
    ("GET", "/recaps", 501),
    ("POST", "/recaps", 501),
    ("GET", "/content_flagging/config", 501),
    ("PUT", f"/content_flagging/post/{ID}/remove", 501),
    ("GET", "/ip_filtering", 501),
    ("GET", "/cloud/products", 400),
    ("GET", "/hosted_customer/signup_available", 501),
    ("GET", "/data_retention/policy", 501),
    ("POST", "/ldap/sync", 501),
)
FOR_ADMINISTRATORS = (
    ("GET", "/data_retention/policies", 501),
    ("DELETE", f"/data_retention/policies/{ID}", 501),
    ("GET", "/compliance/reports", 501),
    ("GET", f"/compliance/reports/{ID}/download", 501),
    ("GET", "/remotecluster", 501),
    ("POST", f"/remotecluster/{ID}/generate_invite", 501),
    ("GET", "/oauth/outgoing_connections", 501),
    ("DELETE", f"/oauth/outgoing_connections/{ID}", 501),
    ("POST", "/elasticsearch/purge_indexes", 501),
    ("GET", "/ldap/groups", 501),
)


async def test_refusals_come_after_the_permission(admin, nobody):
    user = await admin.sign_up("user")
    for method, path, status in FOR_EVERYBODY:
        answers = [await caller.call(method, path) for caller in (nobody, user, admin)]
        assert [answer.status for answer in answers] == [401, status, status], path
    for method, path, status in FOR_ADMINISTRATORS:
        answers = [await caller.call(method, path) for caller in (nobody, user, admin)]
        assert [answer.status for answer in answers] == [401, 403, status], path


async def test_a_broken_body_is_told_first_where_the_body_counts(admin):
    user = await admin.sign_up("user")
    assert (await user.post("/compliance/reports", data=b"{")).status == 400
    assert (await user.post("/data_retention/policies", data=b"{")).status == 400
    assert (await user.post(f"/data_retention/policies/{ID}/teams", {})).error == "api.payload.parse.error"
    assert (await user.post("/remotecluster", data=b"{")).status == 403


async def test_retention_policies_of_others_are_not_shown(admin):
    user = await admin.sign_up("user")
    for kind in ("team_policies", "channel_policies"):
        assert (await user.get(f"/users/{admin.user['id']}/data_retention/{kind}")).status == 403
        assert (await user.get(f"/users/me/data_retention/{kind}")).status == 501


@pytest.mark.parametrize("path", ["ping", "msg", "confirm_invite", f"upload/{ID}", f"{ID}/image"])
async def test_nobody_speaks_for_another_server(admin, path):
    assert (await admin.post(f"/remotecluster/{path}", {})).status == 401


async def test_plugins(app, admin, nobody):
    user = await admin.sign_up("user")
    assert app.config.PluginSettings.Enable
    assert (await admin.get("/plugins")).json() == {"active": [], "inactive": []}
    assert (await user.get("/plugins")).status == 403
    assert (await nobody.get("/plugins/webapp")).json() == []
    assert (await admin.post("/plugins/some.plugin/enable")).status == 404
    assert (await admin.post("/plugins")).error == "app.plugin.upload_disabled.app_error"
    assert (await nobody.get("//plugins/some.plugin/page")).status == 404
    await app.config_store.patch({"PluginSettings": {"Enable": False}})
    for caller in (user, admin):
        assert (await caller.get("/plugins")).error == "app.plugin.disabled.app_error"
    assert (await nobody.get("//plugins/some.plugin/page")).status == 501


async def test_agents_are_none(admin):
    assert (await admin.get("/agents")).json() == []
    assert (await admin.get("/agents/status")).json()["available"] is False
