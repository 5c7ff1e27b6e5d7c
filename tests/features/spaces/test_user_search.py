"""Finding people, and who may look where."""

import pytest

from tests.client import Client


@pytest.fixture
async def place(admin):
    """A team of ann, ben and the administrator with a private channel of ann's; cid stands outside."""
    people = {
        name: await admin.sign_up(name, first_name=name.title(), last_name="Tester") for name in ("ann", "ben", "cid")
    }
    team = (await admin.post("/teams", {"name": "crew", "display_name": "Crew", "type": "O"})).json()
    for name in ("ann", "ben"):
        member = {"team_id": team["id"], "user_id": people[name].user["id"]}
        assert (await admin.post(f"/teams/{team['id']}/members", member)).status == 201
    room = {"team_id": team["id"], "name": "room", "display_name": "Room", "type": "P"}
    channel = (await people["ann"].post("/channels", room)).json()
    return people, team["id"], channel["id"]


def names(answer) -> list[str]:
    assert answer.status == 200, answer.body
    return [u["username"] for u in answer.json()]


async def test_lists_are_for_those_who_belong(admin, place):
    people, team, channel = place
    assert names(await people["ann"].get(f"/users?in_team={team}")) == ["ann", "ben", "sysadmin"]
    assert names(await people["ann"].get(f"/users?in_channel={channel}")) == ["ann"]
    assert names(await people["ann"].get(f"/users?in_team={team}&not_in_channel={channel}")) == ["ben", "sysadmin"]
    assert names(await admin.get("/users?without_team=true")) == ["cid"]
    assert (await people["cid"].get(f"/users?in_team={team}")).status == 403
    assert (await people["ben"].get(f"/users?in_channel={channel}")).status == 403
    assert (await people["ann"].get("/users?without_team=true")).status == 403
    assert (await Client(admin.dispatcher).get("/users")).status == 401


async def test_search_finds_by_the_beginnings_of_names(place):
    people, team, _ = place
    ann = people["ann"]
    assert names(await ann.post("/users/search", {"term": "@be"})) == ["ben"]
    assert names(await ann.post("/users/search", {"term": "cid test"})) == ["cid"]
    assert names(await ann.post("/users/search", {"term": "%_*"})) == []
    assert names(await ann.post("/users/search", {"term": "c", "team_id": team})) == []
    assert (await people["cid"].post("/users/search", {"term": "a", "team_id": team})).status == 403


async def test_hidden_names_are_not_searched(app, admin, place):
    people, *_ = place
    await app.config_store.patch({"PrivacySettings": {"ShowEmailAddress": False, "ShowFullName": False}})
    assert names(await people["ann"].post("/users/search", {"term": "tester"})) == []
    assert names(await people["ann"].post("/users/search", {"term": "cid@example"})) == []
    assert names(await admin.post("/users/search", {"term": "tester"})) == ["ann", "ben", "cid"]


async def test_completion_tells_members_from_the_rest_of_the_team(place):
    people, team, channel = place
    found = (await people["ann"].get(f"/users/autocomplete?in_team={team}&in_channel={channel}&name=")).json()
    assert [u["username"] for u in found["users"]] == ["ann"]
    assert [u["username"] for u in found["out_of_channel"]] == ["ben", "sysadmin"]
    assert (await people["ben"].get(f"/users/autocomplete?in_team={team}&in_channel={channel}")).status == 403


async def test_counts_are_the_administrator_s(admin, place):
    people, team, _ = place
    assert (await admin.get(f"/users/stats/filtered?in_team={team}")).json() == {"total_users_count": 3}
    assert (await people["ann"].get(f"/users/stats/filtered?in_team={team}")).status == 403
    assert (await people["ann"].get("/users/stats")).json() == {"total_users_count": 4}


async def test_one_knows_those_of_one_s_channels(admin, place):
    people, *_ = place
    known = (await people["ann"].get("/users/known")).json()
    assert sorted(known) == sorted([people["ben"].user["id"], admin.user["id"]])
    assert (await people["cid"].get("/users/known")).json() == []
