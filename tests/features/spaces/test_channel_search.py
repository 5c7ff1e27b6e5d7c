"""Lists of channels, and finding them by words."""

import pytest


@pytest.fixture
async def fruit(crew):
    """Ben's channels with fruity purposes; ann is in one of them."""
    made = {}
    wanted = (("apple", "O", "Apple tart"), ("apricot", "O", "Apricot jam"), ("apex", "P", "Apex secret"))
    for name, kind, title in wanted:
        made[name] = await crew.channel(crew.ben, name, kind, display_name=title, purpose=f"fruit of {name}")
    await crew.join(made["apple"], crew.ben, crew.ann)
    made["apgone"] = await crew.channel(crew.ben, "apgone", display_name="Ap gone")
    assert (await crew.ben.delete(f"/channels/{made['apgone']['id']}")).status == 200
    return made


def titles(answer):
    assert answer.status == 200, answer.body
    return [channel["display_name"] for channel in answer.json()]


async def test_lists_of_a_team(crew, fruit):
    path = f"/teams/{crew.team['id']}/channels"
    assert titles(await crew.cid.get(path)) == ["Apple tart", "Apricot jam", "Off-Topic", "Town Square"]
    assert titles(await crew.cid.get(path + "?page=1&per_page=2")) == ["Off-Topic", "Town Square"]
    assert titles(await crew.cid.get(path + "?page=-1&per_page=0")) == []
    assert titles(await crew.cid.get(path + "/deleted")) == ["Ap gone"]
    assert titles(await crew.admin.get(path + "/private")) == ["Apex secret"]
    assert (await crew.cid.get(path + "/private")).status == 403
    by_ids = await crew.cid.post(path + "/ids", [fruit["apple"]["id"], fruit["apex"]["id"]])
    assert titles(by_ids) == ["Apple tart"]
    assert (await crew.cid.post(path + "/ids", [fruit["apex"]["id"]])).status == 404
    for refused in (await crew.dan.get(path), await crew.dan.get(path + "/deleted")):
        assert refused.status == 403


async def test_own_channels_have_an_etag_that_changes(crew, fruit):
    path = f"/users/me/teams/{crew.team['id']}/channels"
    first = await crew.ann.get(path)
    assert titles(first) == ["Apple tart", "Off-Topic", "Town Square"]
    etag = {"if-none-match": first.headers["etag"]}
    assert (await crew.ann.get(path, headers=etag)).status == 304
    await crew.ben.put(f"/channels/{fruit['apple']['id']}/patch", {"header": "new"})
    assert (await crew.ann.get(path, headers=etag)).status == 200
    assert "Ap gone" in titles(await crew.ben.get(path + "?include_deleted=true"))
    assert (await crew.ben.get(path + "?last_delete_at=-1")).status == 400
    assert (await crew.cid.get(f"/users/{crew.ben.user['id']}/teams/{crew.team['id']}/channels")).status == 403
    assert (await crew.dan.get("/users/me/channels")).status == 404


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("ap", ["Ap gone", "Apple tart", "Apricot jam"]),
        ("APRI", ["Apricot jam"]),
        ("tart", ["Apple tart"]),
        ("tart apple", ["Apple tart"]),
        ("~apple", ["Apple tart"]),
        ("fruit", ["Apple tart", "Apricot jam"]),
        ("%", []),
        ("_", []),
        ("'; --", []),
        ("zzz", []),
    ],
)
async def test_search_in_a_team(crew, fruit, term, found):
    assert titles(await crew.cid.post(f"/teams/{crew.team['id']}/channels/search", {"term": term})) == found


async def test_search_is_for_members(crew, fruit):
    refused = await crew.dan.post(f"/teams/{crew.team['id']}/channels/search", {"term": "ap"})
    assert refused.error == "app.team.get_member.missing.app_error"
    assert (await crew.dan.get(f"/teams/{crew.team['id']}/channels/autocomplete?name=ap")).status == 403
    assert titles(await crew.dan.get(f"/teams/{crew.team['id']}/channels/search_autocomplete?name=ap")) == []


async def test_completion(crew, fruit):
    await crew.ann.post("/channels/direct", [crew.ann.user["id"], crew.ben.user["id"]])
    base = f"/teams/{crew.team['id']}/channels"
    assert titles(await crew.ben.get(base + "/autocomplete?name=ap")) == [
        "Ap gone", "Apex secret", "Apple tart", "Apricot jam",
    ]  # fmt: skip
    assert titles(await crew.ann.get(base + "/search_autocomplete?name=")) == [
        "Apple tart", "ben", "Off-Topic", "Town Square",
    ]  # fmt: skip


async def test_search_over_all_teams(crew, fruit):
    assert (await crew.ann.post("/channels/search", {"term": "ap"})).status == 403
    own = await crew.ann.post("/channels/search?system_console=false", {"term": "ap"})
    assert titles(own) == ["Apple tart", "Apricot jam"]
    assert (await crew.ann.post("/channels/search?system_console=perhaps", {"term": "ap"})).status == 400
    everything = {"term": "ap", "team_ids": [crew.team["id"]]}
    assert titles(await crew.admin.post("/channels/search", {**everything, "private": True})) == ["Apex secret"]
    assert titles(await crew.admin.post("/channels/search", {**everything, "deleted": True})) == ["Ap gone"]
    page = (await crew.admin.post("/channels/search", {**everything, "page": 0, "per_page": 1})).json()
    assert (page["total_count"], len(page["channels"])) == (3, 1)
    assert (await crew.ann.get("/channels")).status == 403
    assert "Apple tart" in titles(await crew.admin.get("/channels?exclude_default_channels=true"))


async def test_groups_are_found_by_their_people(crew):
    await crew.ann.post("/channels/group", [person.user["id"] for person in (crew.ben, crew.cid)])
    for term, count in (("ben", 1), ("ci be", 1), ("ben dan", 0), ("", 0), ("%", 0)):
        assert len((await crew.ann.post("/channels/group/search", {"term": term})).json()) == count
    assert (await crew.dan.post("/channels/group/search", {"term": "ben"})).json() == []
