"""Lists of a channel's and a thread's posts."""

import pytest

from mmfast.features.messages.post_pages import service as pages


async def talk(room, count):
    """Some posts, each a moment after the other."""
    found = []
    for n in range(count):
        made = await room.say((room.ann, room.ben)[n % 2], f"number {n}")
        while found and made["create_at"] == found[-1]["create_at"]:
            await room.admin.delete(f"/posts/{made['id']}")
            made = await room.say((room.ann, room.ben)[n % 2], f"number {n}")
        found.append(made)
    return found


def ids(posts):
    return [post["id"] for post in posts]


async def test_pages_name_their_neighbours(room):
    p = await talk(room, 5)
    path = f"/channels/{room.id}/posts"
    first = (await room.ben.get(f"{path}?per_page=2")).json()
    assert first["order"] == ids([p[4], p[3]])
    assert (first["next_post_id"], first["prev_post_id"]) == ("", p[2]["id"])
    second = (await room.ben.get(f"{path}?per_page=2&page=1")).json()
    assert second["order"] == ids([p[2], p[1]])
    assert (second["next_post_id"], second["prev_post_id"]) == (p[3]["id"], p[0]["id"])
    before = (await room.ben.get(f"{path}?before={p[3]['id']}&per_page=2")).json()
    assert before["order"] == ids([p[2], p[1]])
    assert (before["next_post_id"], before["prev_post_id"]) == (p[3]["id"], p[0]["id"])
    after = (await room.ben.get(f"{path}?after={p[0]['id']}&per_page=2")).json()
    assert after["order"] == ids([p[2], p[1]])
    assert (after["next_post_id"], after["prev_post_id"]) == (p[3]["id"], p[0]["id"])


async def test_since_shows_what_was_changed_and_deleted(room):
    p = await talk(room, 3)
    await room.ann.delete(f"/posts/{p[0]['id']}")
    changed = (await room.ann.get(f"/channels/{room.id}/posts?since={p[2]['create_at']}")).json()
    assert changed["order"] == [p[0]["id"]]
    assert changed["posts"][p[0]["id"]]["message"] == ""


async def test_who_may_list(room, secret, nobody):
    assert (await room.cid.get(f"/channels/{room.id}/posts")).status == 200
    for reader, where, status in ((room.dan, room, 403), (room.cid, secret, 403), (nobody, room, 401)):
        assert (await reader.get(f"/channels/{where.id}/posts")).status == status
    assert (await room.ann.get(f"/channels/{room.id}/posts?include_deleted=true")).status == 403
    assert (await room.ann.get(f"/channels/{'z' * 26}/posts")).status == 404
    for bad in ("since=abc", "before=short", "after=short"):
        assert (await room.ann.get(f"/channels/{room.id}/posts?{bad}")).status == 400


async def test_threads_come_along_or_are_collapsed(room):
    root = await room.say(room.ann, "root")
    replies = [await room.say(room.ben, f"reply {n}", root_id=root["id"]) for n in range(2)]
    path = f"/channels/{room.id}/posts?per_page=1"
    whole = (await room.ann.get(path)).json()
    assert whole["order"] == [replies[1]["id"]]
    assert whole["posts"].keys() == {root["id"], *ids(replies)}
    collapsed = (await room.ann.get(path + "&collapsedThreads=true")).json()
    [shown] = collapsed["posts"].values()
    assert (shown["id"], shown["reply_count"], shown["is_following"]) == (root["id"], 2, True)
    assert [user["id"] for user in shown["participants"]] == [room.ben.user["id"]]
    extended = (await room.cid.get(path + "&collapsedThreads=true&collapsedThreadsExtended=true")).json()
    [shown] = extended["posts"].values()
    assert "is_following" not in shown
    assert [user["username"] for user in shown["participants"]] == ["ben"]


@pytest.mark.parametrize("flags", ["", "&collapsedThreads=true"])
async def test_a_kept_page_is_never_old(room, monkeypatch, flags):
    monkeypatch.setattr(pages, "SETTLED_MS", -1)
    root = await room.say(room.ann, "root")
    path = f"/channels/{room.id}/posts?per_page=5{flags}"
    first = await room.ben.get(path)
    assert (await room.ben.get(path)).body == first.body
    known = {"if-none-match": first.headers["etag"]}
    assert (await room.ben.get(path, headers=known)).status == 304
    await room.ann.put(f"/posts/{root['id']}/patch", {"message": "changed"})
    assert (await room.ben.get(path, headers=known)).json()["posts"][root["id"]]["message"] == "changed"
    reply = await room.say(room.ben, "reply", root_id=root["id"])
    shown = (await room.ben.get(path)).json()
    assert (reply["id"] in shown["posts"]) is not bool(flags)
    await room.ann.delete(f"/posts/{root['id']}")
    assert root["id"] not in (await room.ben.get(path)).json()["posts"]


async def test_a_kept_page_shows_each_reader_only_what_that_one_may_see(room, secret, monkeypatch):
    monkeypatch.setattr(pages, "SETTLED_MS", -1)
    await room.admin.put("/config/patch", {"ServiceSettings": {"SiteURL": "http://here"}})
    hidden = await secret.say(room.ann, "the hidden words")
    await room.say(room.ann, f"see http://here/crew/pl/{hidden['id']}")
    for flags in ("", "?collapsedThreads=true"):
        path = f"/channels/{room.id}/posts{flags}"
        assert b"the hidden words" in (await room.ann.get(path)).body
        assert b"the hidden words" not in (await room.ben.get(path)).body


async def test_parts_of_a_thread(room):
    root = await room.say(room.ann, "root")
    replies = [await room.say(room.ben, f"reply {n}", root_id=root["id"]) for n in range(4)]
    path = f"/posts/{root['id']}/thread"
    whole = (await room.ann.get(path)).json()
    assert whole["posts"].keys() == {root["id"], *ids(replies)}
    assert {post["reply_count"] for post in whole["posts"].values()} == {4}
    down = (await room.ann.get(path + "?perPage=2&direction=down")).json()
    assert (down["order"], down["has_next"]) == (ids([root, replies[0]]), True)
    up = (await room.ann.get(path + "?perPage=2&direction=up")).json()
    assert (up["order"][0], up["has_next"], len(up["order"])) == (root["id"], True, 3)
    for bad in (
        "fromPost=" + root["id"],
        "fromCreateAt=5&fromUpdateAt=5",
        "perPage=201",
        "direction=left",
        "updatesOnly=true",
        "updatesOnly=true&direction=up&fromUpdateAt=5",
        "fromCreateAt=x",
    ):
        assert (await room.ann.get(f"{path}?{bad}")).status == 400
    assert (await room.dan.get(path)).status == 403


async def test_saved_posts(room, secret):
    mine = room.ben.user["id"]
    post, hidden = await room.say(room.ann, "save me"), await secret.say(room.ann, "hidden")

    def saving(which):
        return [{"user_id": mine, "category": "flagged_post", "name": which["id"], "value": "true"}]

    assert (await room.ben.put(f"/users/{mine}/preferences", saving(post))).status == 200
    assert (await room.ben.put(f"/users/{mine}/preferences", saving(hidden))).status == 403
    assert (await room.ben.get("/users/me/posts/flagged")).json()["order"] == [post["id"]]
    assert (await room.ann.get(f"/users/{mine}/posts/flagged")).status == 403
