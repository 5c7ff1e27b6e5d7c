"""Users who ask for a feature."""


async def test_a_wish_is_kept_once(nobody, admin):
    wish = {"required_plan": "professional", "required_feature": "guest accounts"}
    assert (await nobody.post("/users/notify-admin", wish)).status == 401
    assert (await admin.post("/users/notify-admin", {})).status == 400
    assert (await admin.post("/users/notify-admin", wish)).status == 200
    assert (await admin.post("/users/notify-admin", wish)).status == 403


async def test_telling_is_for_administrators_and_never_pretended(app, admin):
    user = await admin.sign_up("user")
    await user.post("/users/notify-admin", {"required_plan": "professional", "required_feature": "guest accounts"})
    assert (await admin.post("/users/trigger-notify-admin-posts", {})).status == 403
    await app.config_store.patch({"ServiceSettings": {"EnableAPITriggerAdminNotifications": True}})
    assert (await user.post("/users/trigger-notify-admin-posts", {})).status == 403
    assert (await admin.post("/users/trigger-notify-admin-posts", {})).status == 501
