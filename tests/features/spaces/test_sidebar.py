"""Sidebar categories."""

import pytest

NOBODY = "z" * 26


@pytest.fixture
def path(crew):
    """Where ben's categories are."""
    return f"/users/{crew.ben.user['id']}/teams/{crew.team['id']}/channels/categories"


@pytest.fixture
def make(crew, path):
    """Makes a category of ben's."""

    async def category(name, *channel_ids, **more):
        body = {"user_id": crew.ben.user["id"], "team_id": crew.team["id"], "display_name": name}
        made = await crew.ben.post(path, {**body, "channel_ids": channel_ids, **more})
        assert made.status == 200, made.body
        return made.json()

    return category


async def by_name(crew, path):
    found = (await crew.ben.get(path)).json()["categories"]
    return {category["display_name"]: category for category in found}


async def test_everybody_begins_with_three(crew, path):
    found = (await crew.ben.get(path)).json()
    kinds = [category["type"] for category in found["categories"]]
    assert kinds == ["favorites", "channels", "direct_messages"]
    assert len(found["categories"][1]["channel_ids"]) == 2
    assert (await crew.ben.get(path + "/order")).json() == found["order"]
    assert (await crew.cid.get(path)).status == 403
    assert (await crew.dan.get(f"/users/me/teams/{crew.team['id']}/channels/categories")).status == 403
    assert (await crew.ben.get(f"{path}/{NOBODY}")).status == 403


async def test_a_channel_stands_in_one_category(crew, path, make):
    one, two = [await crew.channel(crew.ben, name) for name in ("one", "two")]
    await make("First", two["id"], one["id"], two["id"], NOBODY, "short")
    assert (await by_name(crew, path))["First"]["channel_ids"] == [two["id"], one["id"]]
    await make("Second", one["id"])
    now = await by_name(crew, path)
    assert list(now) == ["Favorites", "Second", "First", "Channels", "Direct Messages"]
    assert (now["First"]["channel_ids"], now["Second"]["channel_ids"]) == ([two["id"]], [one["id"]])


async def test_changing_and_deleting(crew, path, make, heard):
    one = await crew.channel(crew.ben, "one")
    first = await make("First", one["id"])
    renamed = await crew.ben.put(f"{path}/{first['id']}", {**first, "display_name": "Other", "collapsed": True})
    assert (renamed.json()["display_name"], renamed.json()["collapsed"]) == ("Other", True)
    favourites = (await by_name(crew, path))["Favorites"]
    kept = await crew.ben.put(f"{path}/{favourites['id']}", {**favourites, "display_name": "Loved"})
    assert kept.json()["display_name"] == "Favorites"
    assert (await crew.cid.put(f"{path}/{first['id']}", first)).status == 403
    assert (await crew.ben.put(path, [{**first, "id": NOBODY}])).status == 400
    assert (await crew.ben.delete(f"{path}/{favourites['id']}")).status == 400
    assert (await crew.ben.delete(f"{path}/{first['id']}")).status == 200
    assert one["id"] in (await by_name(crew, path))["Channels"]["channel_ids"]
    assert {told.user_id for told in heard if "sidebar" in type(told.event).event_name} == {crew.ben.user["id"]}


async def test_the_order_names_every_category_once(crew, path, make):
    await make("First")
    order = (await crew.ben.get(path + "/order")).json()
    back = order[::-1]
    assert (await crew.ben.put(path + "/order", back)).json() == back
    assert (await crew.ben.get(path + "/order")).json() == back
    for wrong in (back[1:], [*back[1:], back[1]], [*back, NOBODY]):
        assert (await crew.ben.put(path + "/order", wrong)).status == 400


async def test_favourites_follow_the_preferences_and_the_other_way(crew, path):
    one = await crew.channel(crew.ben, "one")
    await crew.ben.get(path)
    liked = {"user_id": crew.ben.user["id"], "category": "favorite_channel", "name": one["id"], "value": "true"}
    assert (await crew.ben.put("/users/me/preferences", [liked])).status == 200
    favourites = (await by_name(crew, path))["Favorites"]
    assert favourites["channel_ids"] == [one["id"]]
    await crew.ben.put(f"{path}/{favourites['id']}", {**favourites, "channel_ids": []})
    assert (await crew.ben.get("/users/me/preferences/favorite_channel")).status == 404


async def test_muting_a_category_mutes_its_channels(crew, path, make):
    one = await crew.channel(crew.ben, "one")
    first = await make("First", one["id"])
    await crew.ben.put(f"{path}/{first['id']}", {**first, "muted": True})
    member = f"/channels/{one['id']}/members/me"
    assert (await crew.ben.get(member)).json()["notify_props"]["mark_unread"] == "mention"
    await crew.ben.put(f"{path}/{first['id']}", {**first, "muted": False})
    assert (await crew.ben.get(member)).json()["notify_props"]["mark_unread"] == "all"
