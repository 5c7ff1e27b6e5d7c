"""Roles: what a changed one grants holds at once, and the ones that lead to everything are out of reach."""

import pytest

from mmfast.features.identity.roles.catalogue import PERMISSIONS, SCOPES
from tests.client import Client


async def role(admin: Client, name: str) -> dict:
    return (await admin.get(f"/roles/name/{name}")).json()


def test_the_catalogue_is_whole():
    assert len(PERMISSIONS) == len(set(PERMISSIONS)) == 303
    assert set(SCOPES.values()) == {"system", "team", "channel", "group", "playbook", "run"}


async def test_a_changed_role_holds_at_once(admin: Client):
    alice = await admin.sign_up("alice")
    assert (await alice.get("/audits")).status == 403
    user = await role(admin, "system_user")
    path = f"/roles/{user['id']}/patch"
    assert (await admin.put(path, {"permissions": [*user["permissions"], "read_audits"]})).status == 200
    assert (await alice.get("/audits")).status == 200
    await admin.put(path, {"permissions": user["permissions"]})
    assert (await alice.get("/audits")).status == 403


@pytest.mark.parametrize("permission", ["manage_system", "manage_roles"])
async def test_no_role_gains_the_permissions_that_lead_to_all_others(admin: Client, permission: str):
    user = await role(admin, "system_user")
    answer = await admin.put(f"/roles/{user['id']}/patch", {"permissions": [*user["permissions"], permission]})
    assert answer.error == "api.roles.patch_roles.not_allowed_permission.error"


async def test_who_may_read_and_change_roles(admin: Client, nobody: Client):
    alice = await admin.sign_up("alice")
    user = await role(admin, "system_user")
    assert (await alice.get("/roles")).status == 403
    assert (await alice.get("/roles/name/system_user")).status == 200
    assert (await alice.put(f"/roles/{user['id']}/patch", {"permissions": []})).status == 403
    for path in ("/roles", "/roles/name/system_user", f"/roles/{user['id']}"):
        assert (await nobody.get(path)).status == 401


async def test_names_are_checked(admin: Client):
    async def ask(names: object) -> str:
        return (await admin.post("/roles/names", names)).error

    assert await ask([]) == "api.context.invalid_body_param.app_error"
    assert await ask(["Not-Valid!"]) == "api.context.invalid_body_param.app_error"
    assert await ask({}) == "api.payload.parse.error"
    assert await ask([f"r{i}" for i in range(101)]) == "api.roles.get_multiple_by_name_too_many.request_error"
    found = (await admin.post("/roles/names", ["team_user", "none_such", "team_user", ""])).json()
    assert [r["name"] for r in found] == ["team_user"]


async def test_schemes_need_a_licence(admin: Client):
    assert (await admin.get("/schemes")).json() == []
    assert (await admin.post("/schemes", {"name": "x"})).status == 501
    assert (await admin.get("/schemes/" + "x" * 26)).error == "app.scheme.get.app_error"
