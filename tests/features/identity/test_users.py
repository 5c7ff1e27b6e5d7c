"""Accounts: who may make, see and change them, and what is shown of them."""

import trio

from tests.client import PASSWORD, Client

OPEN = {"TeamSettings": {"EnableOpenServer": True}}
NOBODY = "z" * 26


async def test_the_first_account_administers_and_the_next_needs_an_open_server(app, nobody, admin):
    assert admin.user["roles"] == "system_admin system_user"
    account = {"email": "bob@example.com", "username": "bob", "password": PASSWORD}
    refused = await nobody.post("/users", account)
    assert (refused.status, refused.error) == (403, "api.user.create_user.no_open_server")
    await app.config_store.patch(OPEN)
    made = await nobody.post("/users", account)
    assert (made.status, made.json()["roles"]) == (201, "system_user")


async def test_two_who_come_first_at_once_give_one_administrator(app, nobody):
    await app.config_store.patch(OPEN)
    made = []

    async def sign_up(name):
        answer = await nobody.post("/users", {"email": f"{name}@example.com", "username": name, "password": PASSWORD})
        made.append(answer.json()["roles"])

    async with trio.open_nursery() as nursery:
        nursery.start_soon(sign_up, "ann")
        nursery.start_soon(sign_up, "bob")
    assert sorted(made) == ["system_admin system_user", "system_user"]


async def test_strangers_cannot_give_themselves_rights(app, nobody, admin):
    await app.config_store.patch(OPEN)
    made = await nobody.post(
        "/users",
        {
            "email": "eve@example.com",
            "username": "eve",
            "password": PASSWORD,
            "roles": "system_admin",
            "email_verified": True,
            "auth_service": "ldap",
            "auth_data": "eve",
            "delete_at": 7,
        },
    )
    seen = (await admin.get(f"/users/{made.json()['id']}")).json()
    assert (seen["roles"], seen["delete_at"], seen["auth_service"]) == ("system_user", 0, "")
    assert "email_verified" not in made.json()


async def test_no_answer_holds_a_secret(admin):
    bob = await admin.sign_up("bob")
    for caller in (admin, bob):
        answer = (await caller.get(f"/users/{bob.user['id']}")).body
        assert b"pbkdf2" not in answer
        assert b"mfa_secret" not in answer
        assert b'"password"' not in answer


async def test_privacy_hides_addresses_and_names_from_others_only(app, admin):
    bob = await admin.sign_up("bob", first_name="Bob", last_name="Tester")
    ann = await admin.sign_up("ann")
    before = await ann.get(f"/users/{bob.user['id']}")
    await app.config_store.patch({"PrivacySettings": {"ShowEmailAddress": False, "ShowFullName": False}})
    hidden = await ann.get(f"/users/{bob.user['id']}")
    assert before.headers["etag"] != hidden.headers["etag"]
    assert (hidden.json()["email"], hidden.json()["first_name"], hidden.json()["last_name"]) == ("", "", "")
    assert (await bob.get("/users/me")).json()["email"] == "bob@example.com"
    assert (await admin.get(f"/users/{bob.user['id']}")).json()["first_name"] == "Bob"
    assert (await ann.get("/users/email/bob@example.com")).error == "api.user.get_user_by_email.permissions.app_error"


async def test_a_known_version_is_not_sent_again(admin):
    first = await admin.get("/users/me")
    again = await admin.get("/users/me", headers={"if-none-match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    await admin.put("/users/me/patch", {"nickname": "Chief"})
    assert (await admin.get("/users/me", headers={"if-none-match": first.headers["etag"]})).status == 200


async def test_changes_need_the_right_to_make_them(admin):
    ann, bob = await admin.sign_up("ann"), await admin.sign_up("bob")
    patch = f"/users/{ann.user['id']}/patch"
    assert (await Client(admin.dispatcher).put(patch, {"nickname": "x"})).status == 401
    assert (await bob.put(patch, {"nickname": "x"})).status == 403
    assert (await bob.put(f"/users/{admin.user['id']}/patch", {"nickname": "x"})).status == 403
    assert (await ann.put(patch, {"nickname": "Ann"})).json()["nickname"] == "Ann"
    assert (await admin.put(patch, {"nickname": "Anna"})).json()["nickname"] == "Anna"


async def test_a_new_address_needs_the_password(admin):
    ann = await admin.sign_up("ann")
    wanted = {"email": "new@example.com"}
    assert (await ann.put("/users/me/patch", wanted)).status == 400
    wrong = await ann.put("/users/me/patch", {**wanted, "password": "wrong"})
    assert (wrong.status, wrong.error) == (401, "api.user.check_user_password.invalid.app_error")
    assert (await ann.put("/users/me/patch", {**wanted, "password": PASSWORD})).json()["email"] == "new@example.com"


async def test_names_and_addresses_are_taken_once(admin):
    await admin.sign_up("ann")
    bob = await admin.sign_up("bob")
    taken = await bob.put("/users/me/patch", {"username": "ANN"})
    assert (taken.status, taken.error) == (400, "app.user.save.username_exists.app_error")
    taken = await bob.put("/users/me/patch", {"email": "Ann@Example.com", "password": PASSWORD})
    assert (taken.status, taken.error) == (400, "app.user.save.email_exists.app_error")


async def test_a_new_name_leaves_the_words_that_mention(admin):
    ann = await admin.sign_up("ann")
    await ann.put("/users/me/patch", {"notify_props": {"mention_keys": "ann,@ann,captain"}})
    await ann.put("/users/me/patch", {"username": "anna"})
    await ann.put("/users/me/patch", {"nickname": "A"})
    assert (await ann.get("/users/me")).json()["notify_props"]["mention_keys"] == "captain"


async def test_roles_change_what_a_session_may_at_once(admin):
    ann = await admin.sign_up("ann")
    assert (await ann.get("/config")).status == 403
    assert (await ann.put(f"/users/{ann.user['id']}/roles", {"roles": "system_admin"})).status == 403
    roles = f"/users/{ann.user['id']}/roles"
    assert (await admin.put(roles, {"roles": "system_user system_admin"})).status == 200
    assert (await ann.get("/config")).status == 200
    assert (await admin.put(roles, {"roles": "system_user"})).status == 200
    assert (await ann.get("/config")).status == 403
    assert (await admin.put(roles, {"roles": "nonsense"})).error == "app.role.check_roles_exist.role_not_found"


async def test_the_last_administrator_stays(admin):
    refused = await admin.put(f"/users/{admin.user['id']}/roles", {"roles": "system_user"})
    assert (refused.status, refused.error) == (400, "app.user.update.lastAdmin.app_error")


async def test_a_guest_sees_only_those_of_the_own_channels(admin):
    ann, guest = await admin.sign_up("ann"), await admin.sign_up("guest")
    await admin.put(f"/users/{guest.user['id']}/roles", {"roles": "system_guest"})
    assert (await guest.get(f"/users/{ann.user['id']}")).status == 403
    assert (await guest.get("/users/username/ann")).status == 403
    assert (await guest.post("/users/ids", [ann.user["id"], guest.user["id"]])).json()[0]["username"] == "guest"


async def test_lists_by_id_keep_the_order_and_leave_out_strangers(admin):
    ann, bob = await admin.sign_up("ann"), await admin.sign_up("bob")
    found = (await ann.post("/users/ids", [bob.user["id"], NOBODY, ann.user["id"]])).json()
    assert [u["username"] for u in found] == ["bob", "ann"]
    assert "notify_props" not in found[1]
