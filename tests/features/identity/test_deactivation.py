"""Switching accounts off and on, and deleting them for good."""

from tests.client import PASSWORD


async def test_an_account_that_is_off_is_signed_out_and_stays_readable(admin):
    ann, bob = await admin.sign_up("ann"), await admin.sign_up("bob")
    path = f"/users/{ann.user['id']}/active"
    assert (await bob.put(path, {"active": False})).error == "api.user.update_active.permissions.app_error"
    assert (await admin.put(path, {"active": False})).status == 200
    assert (await ann.get("/users/me")).status == 401
    assert (await ann.login("ann")).error == "api.user.login.inactive.app_error"
    assert (await bob.get(f"/users/{ann.user['id']}")).json()["delete_at"] > 0
    assert (await admin.put(path, {"active": True})).status == 200
    assert (await ann.login("ann")).status == 200


async def test_oneself_only_where_it_is_allowed(app, admin):
    ann = await admin.sign_up("ann")
    path = f"/users/{ann.user['id']}"
    assert (await ann.put(path + "/active", {"active": False})).error == "api.user.update_active.not_enable.app_error"
    assert (await ann.delete(path)).error == "api.user.update_active.not_enable.app_error"
    await app.config_store.patch({"TeamSettings": {"EnableUserDeactivation": True}})
    assert (await ann.delete(path)).status == 200
    assert (await ann.get("/users/me")).status == 401


async def test_deletion_for_good_is_off_unless_configured_and_then_leaves_nothing(app, admin):
    ann, bob = await admin.sign_up("ann"), await admin.sign_up("bob")
    path = f"/users/{ann.user['id']}?permanent=true"
    assert (await bob.delete(path)).status == 403
    assert (await admin.delete(path)).error == "api.user.delete_user.not_enabled.for_admin.app_error"
    await app.config_store.patch({"ServiceSettings": {"EnableAPIUserDeletion": True}})
    assert (await admin.delete(path)).status == 200
    assert (await admin.get(f"/users/{ann.user['id']}")).status == 404
    again = await admin.post("/users", {"email": "ann@example.com", "username": "ann", "password": PASSWORD})
    assert again.status == 201
