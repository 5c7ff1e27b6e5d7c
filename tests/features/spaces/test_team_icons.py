"""Setting and removing a team's icon."""

from tests.features.identity.test_profile_images import form, picture


async def test_the_team_changes_with_its_icon(crew):
    path = f"/teams/{crew.team['id']}"
    assert (await crew.ben.post(path + "/image", **form("image", picture(30, 20)))).status == 403
    assert (await crew.ann.post(path + "/image", **form("image", picture(30, 20)))).status == 200
    told = (await crew.ben.get(path)).json()
    assert told["last_team_icon_update"] == told["update_at"] > crew.team["update_at"]
    assert (await crew.dan.get(path + "/image")).status == 403
    assert (await crew.ben.get(path + "/image")).headers["content-type"] == "image/png"
    assert (await crew.ben.delete(path + "/image")).status == 403
    assert (await crew.ann.delete(path + "/image")).status == 200
    assert "last_team_icon_update" not in (await crew.ben.get(path)).json()


async def test_a_scheme_must_be_named(crew):
    path = f"/teams/{crew.team['id']}/scheme"
    assert (await crew.ann.put(path, {})).error == "api.context.invalid_body_param.app_error"
    assert (await crew.ann.put(path, {"scheme_id": "short"})).status == 400
    assert (await crew.ann.put(path, {"scheme_id": ""})).error == "api.team.update_team_scheme.license.error"
