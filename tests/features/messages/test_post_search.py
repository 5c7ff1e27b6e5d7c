"""Searching posts. How a search is taken apart is tested with `search_terms`."""

from mmfast.features.messages.post_search.service import sort_words
from mmfast.features.messages.search_terms.store import text_query

DAY = 86_400_000
DAY_ZERO = 1_577_836_800_000  # 2020-01-01T00:00:00Z


async def find(client, room, terms: str, **more) -> list[str]:
    answer = await client.post(f"/teams/{room.crew.team['id']}/posts/search", {"terms": terms, **more})
    assert answer.status == 200, answer.body
    found = answer.json()
    return [found["posts"][post_id]["message"] for post_id in found["order"]]


async def test_words_phrases_and_beginnings(room):
    for message in ("apple banana", "banana cherry", "Apples and a cherry pie", "hello-world"):
        await room.say(room.ann, message)
    for terms, found in {
        "APPLE": ["Apples and a cherry pie", "apple banana"],
        "apple banana": ["apple banana"],
        '"cherry pie"': ["Apples and a cherry pie"],
        '"pie cherry"': [],
        "ban*": ["banana cherry", "apple banana"],
        "banana -cherry": ["apple banana"],
        'banana -"cherry pie"': ["banana cherry", "apple banana"],
        "-banana": [],
        "apple|cherry": ["Apples and a cherry pie", "banana cherry", "apple banana"],
        "world": ["hello-world"],
        "the": [],
        "*": [],
    }.items():
        assert await find(room.ben, room, terms) == found, terms
    either = await find(room.ben, room, "pie banana", is_or_search=True)
    assert either == ["Apples and a cherry pie", "banana cherry", "apple banana"]


async def test_nothing_in_a_search_is_syntax(room):
    signs = ["'", "\\", "a'b\\", "(", "!", "&", "|", "<->", ":*", '"', '""', "%", "x" * 3000, "a:*b", "'*"]
    for terms in [*signs, "word |&!('"]:
        assert await find(room.ann, room, terms) == [], terms


async def test_hashtags_are_found_whole(room):
    for message in ("#release today", "release as a word", "#Release again", "#released", "#pre-release", "#one #two"):
        await room.say(room.ann, message)
    assert await find(room.ben, room, "#RELEASE") == ["#Release again", "#release today"]
    assert await find(room.ben, room, "#pre") == []
    assert await find(room.ben, room, "#one #two") == ["#one #two"]
    assert await find(room.ben, room, "#release #one") == []
    assert await find(room.ben, room, "#release #one", is_or_search=True) == [
        "#one #two", "#Release again", "#release today",
    ]  # fmt: skip
    assert await find(room.ben, room, "#one -#two") == []


async def test_filters(room):
    other = await room.crew.channel(room.ann, name="other")
    await room.crew.join(other, room.ann, room.ben)
    direct = (await room.ann.post("/channels/direct", [room.ann.user["id"], room.ben.user["id"]])).json()
    await room.say(room.ann, "zebra by ann")
    await room.say(room.ben, "zebra by ben")
    for channel in (other, direct):
        await room.ben.post("/posts", {"channel_id": channel["id"], "message": f"zebra in {channel['type']}"})
    for terms, found in {
        "zebra from:ann": ["zebra by ann"],
        "zebra from: @Ann": ["zebra by ann"],
        f"zebra from:{room.ann.user['id']}": ["zebra by ann"],
        "zebra -from:ben": ["zebra by ann"],
        "zebra from:nobody": [],
        "zebra in:~other": ["zebra in O"],
        "zebra in:@ann": ["zebra in D"],
        "zebra in:room -from:ann": ["zebra by ben"],
        "zebra in:nowhere": [],
        "-in:room -in:other from:ben": ["zebra in D"],
    }.items():
        assert await find(room.ben, room, terms) == found, terms


async def test_dates_by_the_searchers_clock(room):
    for n in range(3):
        await room.say(room.admin, f"day {n}", create_at=DAY_ZERO + n * DAY + DAY // 2)
    assert await find(room.ben, room, "day on:2020-01-02") == ["day 1"]
    assert await find(room.ben, room, "day before:2020-01-02") == ["day 0"]
    assert await find(room.ben, room, "day after:2020-1-2") == ["day 2"]
    assert await find(room.ben, room, "day -on:2020-01-02") == ["day 2", "day 0"]
    assert await find(room.ben, room, "day on:2020-13-45") == []
    assert await find(room.ben, room, "day on:2020-01-02", time_zone_offset=DAY // 2000 + 1) == ["day 0"]


async def test_only_in_ones_own_channels(room, secret, nobody):
    await room.say(room.ann, "walrus in the open")
    await secret.say(room.ann, "walrus hidden")
    assert await find(room.ann, room, "walrus") == ["walrus hidden", "walrus in the open"]
    assert await find(room.ben, room, "walrus") == ["walrus in the open"]
    for outsider in (room.cid, room.admin):
        assert await find(outsider, room, "walrus") == []
    path = f"/teams/{room.crew.team['id']}/posts/search"
    assert (await room.dan.post(path, {"terms": "walrus"})).status == 403
    assert (await room.dan.post("/posts/search", {"terms": "walrus"})).json()["order"] == []
    assert (await nobody.post(path, {"terms": "walrus"})).status == 401
    assert len((await room.ann.post("/posts/search", {"terms": "walrus"})).json()["order"]) == 2


async def test_what_is_gone_is_not_found(room):
    gone = await room.say(room.ann, "walrus deleted")
    edited = await room.say(room.ann, "walrus edited")
    await room.ann.delete(f"/posts/{gone['id']}")
    await room.ann.put(f"/posts/{edited['id']}/patch", {"message": "seal"})
    assert await find(room.ben, room, "walrus") == []
    assert await find(room.ben, room, "seal") == ["seal"]
    assert await find(room.ben, room, "joined") == []
    await room.ann.delete(f"/channels/{room.id}")
    assert await find(room.ben, room, "seal") == []
    assert await find(room.ben, room, "seal", include_deleted_channels=True) == ["seal"]


async def test_pages(room):
    await room.say(room.ann, "walrus")
    assert await find(room.ben, room, "walrus", page=1, per_page=1) == []
    assert await find(room.ben, room, "walrus", page=10**12) == []


async def test_refusals(room, app):
    path = f"/teams/{room.crew.team['id']}/posts/search"
    for body, error in (
        ({"terms": ""}, "api.context.invalid_body_param.app_error"),
        ({"terms": 5}, "api.post.search_posts.invalid_body.app_error"),
        ({"terms": "x", "page": "one"}, "api.post.search_posts.invalid_body.app_error"),
    ):
        refused = await room.ben.post(path, body)
        assert (refused.status, refused.error) == (400, error)
    await app.config_store.patch({"ServiceSettings": {"EnablePostSearch": False}})
    assert (await room.ben.post(path, {"terms": "x"})).status == 501


def test_words_that_say_nothing_are_dropped():
    found = sort_words(["*", "%", "*ple", "ban*ana", "app*", "a phrase * here", "#tag", "#tag*", "app*"])
    assert found.words == ["app*", "a phrase * here", "#tag*"]
    assert found.tags == ["#tag"]


def test_queries_are_quoted():
    assert text_query(["a'b", "c\\d", "e f*"], ["g"], any_word=False) == "'a''b' & 'c\\\\d' & 'e f':* & !('g')"
    assert text_query(["a", "b"], [], any_word=True) == "'a' | 'b'"


async def test_outsiders_are_refused_whatever_they_search_for(room):
    path = f"/teams/{room.crew.team['id']}/posts/search"
    assert (await room.dan.post(path, {"terms": 5})).status == 403
    assert (await room.ann.post(path, {"terms": 5})).error == "api.post.search_posts.invalid_body.app_error"
