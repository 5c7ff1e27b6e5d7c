"""Statuses where the configuration switches them off."""


async def test_no_status_is_shown_or_set_where_they_are_off(app, admin):
    ann = await admin.sign_up("ann")
    path = "/users/me/status"
    wanted = {"user_id": ann.user["id"], "status": "dnd"}
    assert (await ann.put(path, wanted)).json()["status"] == "dnd"
    await app.config_store.patch({"ServiceSettings": {"EnableUserStatuses": False}})
    refused = await ann.get(path)
    assert (refused.status, refused.error) == (404, "api.status.user_not_found.app_error")
    assert (await ann.put(path, wanted | {"status": "away"})).status == 404
    assert (await ann.post("/users/status/ids", [ann.user["id"]])).json() == []
    await app.config_store.patch({"ServiceSettings": {"EnableUserStatuses": True}})
    assert (await ann.get(path)).json()["status"] == "dnd"
