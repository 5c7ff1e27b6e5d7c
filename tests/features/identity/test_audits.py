"""Audits: what one did is there for oneself and administrators, and for nobody else."""

from tests.client import PASSWORD, Client


async def test_a_login_and_a_password_change_are_noted(admin: Client):
    alice = await admin.sign_up("alice")
    body = {"current_password": PASSWORD, "new_password": "Passwd-654321"}
    await alice.put("/users/me/password", body)
    rows = (await alice.get("/users/me/audits")).json()
    assert [r["extra_info"].split(" ")[0] for r in rows] == ["completed", "attempted", "success", "authenticated"]
    assert all("Passwd" not in r["extra_info"] for r in rows)
    page = (await alice.get("/users/me/audits?per_page=2&page=1")).json()
    assert [r["id"] for r in page] == [r["id"] for r in rows[2:]]


async def test_others_do_not_read_them(admin: Client, nobody: Client):
    alice, bob = await admin.sign_up("alice"), await admin.sign_up("bob")
    path = f"/users/{alice.user['id']}/audits"
    assert (await bob.get(path)).status == 403
    assert (await nobody.get(path)).status == 401
    assert (await admin.get(path)).status == 200
    assert (await bob.get("/audits")).status == 403
    assert len((await admin.get("/audits?per_page=1")).json()) == 1
