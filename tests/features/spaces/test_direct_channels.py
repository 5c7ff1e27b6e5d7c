"""Direct and group channels."""

import pytest
import trio

NOBODY = "z" * 26


async def test_two_people_have_one_direct_channel(crew, heard):
    ann, ben = crew.ann.user["id"], crew.ben.user["id"]
    one = await crew.ann.post("/channels/direct", [ann, ben])
    two = await crew.ben.post("/channels/direct", [ben, ann])
    assert (one.status, one.json()["id"]) == (201, two.json()["id"])
    assert one.json()["name"] == "__".join(sorted([ann, ben]))
    [told] = heard.take("direct_added")
    assert told.channel_id == one.json()["id"]
    assert (await crew.cid.get(f"/channels/{one.json()['id']}")).status == 403


async def test_made_by_both_at_once_it_is_still_one(crew):
    ids = [crew.ann.user["id"], crew.ben.user["id"]]
    made = []

    async def make(person):
        made.append((await person.post("/channels/direct", ids)).json()["id"])

    async with trio.open_nursery() as nursery:
        for person in (crew.ann, crew.ben, crew.ann, crew.ben):
            nursery.start_soon(make, person)
    assert len(set(made)) == 1


async def test_with_oneself(crew):
    ann = crew.ann.user["id"]
    made = (await crew.ann.post("/channels/direct", [ann])).json()
    assert made["name"] == f"{ann}__{ann}"
    assert len((await crew.ann.get(f"/channels/{made['id']}/members")).json()) == 1


async def test_whom_no_direct_channel_joins(crew):
    ann, ben, cid = [person.user["id"] for person in (crew.ann, crew.ben, crew.cid)]
    for wrong in ([], [ben], [ann, ben, cid], [ann, "short"]):
        assert (await crew.ann.post("/channels/direct", wrong)).error == "api.context.invalid_body_param.app_error"
    unknown = await crew.ann.post("/channels/direct", [ann, NOBODY])
    assert unknown.error == "api.channel.create_direct_channel.invalid_user.app_error"
    assert (await crew.ann.post("/channels/direct", [ben, cid])).status == 403


async def test_only_within_a_team_where_the_server_says_so(app, crew):
    await app.config_store.patch({"TeamSettings": {"RestrictDirectMessage": "team"}})
    ids = [crew.ann.user["id"], crew.dan.user["id"]]
    refused = await crew.ann.post("/channels/direct", ids)
    assert refused.error == "api.channel.create_channel.direct_channel.team_restricted_error"
    assert (await crew.ann.post("/channels/direct", [ids[0], crew.ben.user["id"]])).status == 201


async def test_what_cannot_be_done_with_a_direct_channel(crew):
    direct = (await crew.ann.post("/channels/direct", [crew.ann.user["id"], crew.ben.user["id"]])).json()
    path = f"/channels/{direct['id']}"
    assert (await crew.ann.put(path + "/patch", {"header": "ours"})).json()["header"] == "ours"
    assert (await crew.ann.put(path + "/patch", {"display_name": "x"})).status == 400
    assert (await crew.cid.put(path + "/patch", {"header": "x"})).status == 403
    assert (await crew.ann.delete(path)).error == "api.channel.delete_channel.type.invalid"
    assert (await crew.ann.put(path + "/privacy", {"privacy": "P"})).status == 403
    assert (await crew.ann.post(path + "/members", {"user_id": crew.cid.user["id"]})).status == 400
    assert (await crew.ann.delete(path + "/members/me")).status == 400


@pytest.fixture
async def group(crew):
    """A group of ann, ben and cid."""
    made = await crew.ann.post("/channels/group", [crew.ben.user["id"], crew.cid.user["id"]])
    assert made.status == 201
    return made.json()


async def test_three_people_have_one_group(crew, group):
    ids = [person.user["id"] for person in (crew.cid, crew.ann, crew.ben)]
    assert (await crew.ben.post("/channels/group", ids + ids)).json()["id"] == group["id"]
    assert group["display_name"] == "ann, ben, cid"
    assert (await crew.ann.post("/channels/group", ids[:1])).error == "api.channel.create_group.bad_size.app_error"
    unknown = await crew.ann.post("/channels/group", [*ids, NOBODY])
    assert unknown.error == "api.channel.create_group.bad_user.app_error"
    assert (await crew.dan.get(f"/channels/{group['id']}")).status == 403


async def test_a_group_becomes_a_private_channel(crew, group):
    path = f"/channels/{group['id']}/convert_to_channel"
    wanted = {"channel_id": group["id"], "team_id": crew.team["id"], "name": "ours", "display_name": "Ours"}
    assert [t["id"] for t in (await crew.ann.get(f"/channels/{group['id']}/common_teams")).json()] == [crew.team["id"]]
    assert (await crew.dan.post(path, wanted)).status == 404
    assert (await crew.ann.post(path, {**wanted, "name": "Not Valid"})).status == 400
    became = (await crew.ann.post(path, wanted)).json()
    assert (became["type"], became["team_id"], became["name"]) == ("P", crew.team["id"], "ours")
    own = (await crew.ann.get(f"/channels/{group['id']}/members/me")).json()
    assert own["scheme_admin"]
    assert (await crew.ann.post(path, {**wanted, "name": "again"})).status == 400
