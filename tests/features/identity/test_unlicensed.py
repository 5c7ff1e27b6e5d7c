"""Features that the reference gives to licensed servers only: refused to everybody, and never by a success."""

import pytest

NOBODY = "z" * 26

REFUSED = [
    ("POST", "/ldap/sync", 501, 501),
    ("GET", "/ldap/groups", 403, 501),
    ("POST", f"/ldap/users/{NOBODY}/group_sync_memberships", 403, 404),
    ("GET", "/saml/metadata", 501, 501),
    ("POST", "/saml/reset_auth_data", 403, 501),
    ("GET", "/groups", 501, 501),
    ("GET", f"/groups/{NOBODY}/teams", 501, 501),
    ("GET", "/custom_profile_attributes/fields", 403, 403),
    ("DELETE", f"/custom_profile_attributes/fields/{NOBODY}", 403, 403),
    ("POST", f"/users/{NOBODY}/demote", 501, 501),
]


@pytest.mark.parametrize(("method", "path", "for_user", "for_admin"), REFUSED)
async def test_nobody_gets_in(nobody, admin, method, path, for_user, for_admin):
    user = await admin.sign_up("user")
    assert (await user.call(method, path)).status == for_user
    assert (await admin.call(method, path)).status == for_admin
    assert (await nobody.call(method, path)).status in (401, 501)


async def test_accounts_cannot_be_moved(admin):
    user = await admin.sign_up("user")
    wanted = {"from": "email", "match_field": "email", "force": False}
    assert (await user.post("/users/migrate_auth/ldap", wanted)).status == 403
    assert (await admin.post("/users/migrate_auth/ldap", wanted)).status == 501
    assert (await admin.post("/users/migrate_auth/ldap", {**wanted, "from": "nonsense"})).status == 400
