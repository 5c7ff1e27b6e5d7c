"""Terms of service of one's own, and who accepted them."""

ON = {"SupportSettings": {"CustomTermsOfServiceEnabled": True}}


async def test_terms_are_written_by_administrators_where_they_are_on(app, nobody, admin):
    user = await admin.sign_up("user")
    assert (await nobody.get("/terms_of_service")).status == 401
    assert (await user.get("/terms_of_service")).status == 404
    assert (await user.post("/terms_of_service", {"text": "Be kind."})).status == 403
    assert (await admin.post("/terms_of_service", {"text": "Be kind."})).status == 400
    await app.config_store.patch(ON)
    first = (await admin.post("/terms_of_service", {"text": "Be kind."})).json()
    assert (await admin.post("/terms_of_service", {"text": "Be kind."})).json()["id"] == first["id"]
    assert (await user.get("/terms_of_service")).json()["text"] == "Be kind."


async def test_one_accepts_and_declines_for_oneself(app, admin):
    await app.config_store.patch(ON)
    user = await admin.sign_up("user")
    terms = (await admin.post("/terms_of_service", {"text": "Be kind."})).json()["id"]
    path = "/users/me/terms_of_service"
    assert (await user.get(path)).status == 404
    assert (await user.post(path, {"termsOfServiceId": terms})).status == 400
    assert (await user.post(path, {"termsOfServiceId": "z" * 26, "accepted": True})).status == 404
    assert (await user.post(path, {"termsOfServiceId": terms, "accepted": True})).status == 200
    assert (await user.get(path)).json()["terms_of_service_id"] == terms
    assert (await user.get("/users/me")).json()["terms_of_service_id"] == terms
    assert "terms_of_service_id" not in (await admin.get(f"/users/{user.user['id']}")).json()
    assert (await user.post(path, {"termsOfServiceId": terms, "accepted": False})).status == 200
    assert (await user.get(path)).status == 404
