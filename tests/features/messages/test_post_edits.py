"""Changing posts and going back."""

NOBODY_KNOWS = "z" * 26


async def test_patching_keeps_what_is_not_given(room, heard):
    made = await room.say(room.ann, "first #one", props={"a": 1})
    changed = (await room.ann.put(f"/posts/{made['id']}/patch", {"message": "second #two"})).json()
    assert (changed["message"], changed["hashtags"], changed["props"]) == ("second #two", "#two", {"a": 1})
    assert changed["edit_at"] == changed["update_at"] > made["update_at"]
    [told] = heard.take("post_edited")
    assert told.channel_id == room.id


async def test_replacing_empties_what_is_not_given(room):
    made = await room.say(room.ann, "first", props={"a": 1}, is_pinned=True)
    path = f"/posts/{made['id']}"
    assert (await room.ann.put(path, {"message": "no id"})).status == 400
    assert (await room.ann.put(path, {"id": NOBODY_KNOWS, "message": "other id"})).status == 400
    changed = (await room.ann.put(path, {"id": made["id"], "message": "second", "type": "custom_x"})).json()
    assert (changed["message"], changed["props"], changed["is_pinned"], changed["type"]) == ("second", {}, False, "")


async def test_who_may_change(room, nobody):
    made = await room.say(room.ann, "mine")
    path = f"/posts/{made['id']}/patch"
    for stranger, status in ((room.ben, 403), (room.cid, 403), (room.dan, 403), (nobody, 401), (room.admin, 200)):
        assert (await stranger.put(path, {"message": "changed"})).status == status
    assert (await room.ann.put(f"/posts/{NOBODY_KNOWS}/patch", {"message": "x"})).status == 403


async def test_system_posts_stay(room):
    listed = (await room.ann.get(f"/channels/{room.id}/posts")).json()
    joined = next(post for post in listed["posts"].values() if post["type"] == "system_join_channel")
    answer = await room.ann.put(f"/posts/{joined['id']}/patch", {"message": "x"})
    assert answer.error == "api.post.update_post.system_message.app_error"


async def test_the_time_limit_is_for_the_words_only(room):
    made = await room.say(room.ann, "words")
    await room.admin.put("/config/patch", {"ServiceSettings": {"PostEditTimeLimit": 0}})
    path = f"/posts/{made['id']}/patch"
    late = await room.ann.put(path, {"message": "other words"})
    assert late.error == "api.post.update_post.permissions_time_limit.app_error"
    assert (await room.ann.put(path, {"props": {"d": 1}})).status == 200


async def test_versions_and_the_way_back(room):
    made = await room.say(room.ann, "version 1")
    path = f"/posts/{made['id']}"
    assert (await room.ann.get(f"{path}/edit_history")).status == 404
    for n in (2, 3):
        await room.ann.put(f"{path}/patch", {"message": f"version {n}"})
    versions = (await room.ann.get(f"{path}/edit_history")).json()
    assert [v["message"] for v in versions] == ["version 2", "version 1"]
    assert {v["original_id"] for v in versions} == {made["id"]}
    for stranger in (room.ben, room.admin):
        assert (await stranger.get(f"{path}/edit_history")).status == 403
        assert (await stranger.post(f"{path}/restore/{versions[0]['id']}")).status == 403
    back = await room.ann.post(f"{path}/restore/{versions[-1]['id']}")
    assert back.json()["message"] == "version 1"
    refused = await room.ann.post(f"{path}/restore/{made['id']}")
    assert refused.error == "app.post.restore_post_version.not_an_history_item.app_error"
    listed = (await room.ann.get(f"/channels/{room.id}/posts")).json()
    assert [i for i in listed["order"] if listed["posts"][i]["message"].startswith("version")] == [made["id"]]


async def test_pinning(room, secret, heard):
    made, hidden = await room.say(room.ann, "pin me"), await secret.say(room.ann, "hidden")
    assert (await room.ben.post(f"/posts/{made['id']}/pin")).status == 200
    assert (await room.ben.post(f"/posts/{hidden['id']}/pin")).status == 403
    [told] = heard.take("post_edited")
    assert told.channel_id == room.id
    listed = await room.cid.get(f"/channels/{room.id}/pinned")
    assert listed.json()["order"] == [made["id"]]
    assert listed.json()["posts"][made["id"]]["edit_at"] == 0
    known = {"if-none-match": listed.headers["etag"]}
    assert (await room.cid.get(f"/channels/{room.id}/pinned", headers=known)).status == 304
    await room.cid.post(f"/posts/{made['id']}/unpin")
    assert (await room.cid.get(f"/channels/{room.id}/pinned")).json()["order"] == []
    assert (await room.dan.get(f"/channels/{room.id}/pinned")).status == 403


async def test_a_broken_patch_is_refused_before_anything_is_looked_up(room):
    post = await room.say(room.ann, "mine")
    assert (await room.dan.put(f"/posts/{post['id']}/patch", {"message": 5})).status == 400
    assert (await room.dan.put(f"/posts/{post['id']}/patch", {"message": "five"})).status == 403


async def test_no_way_back_where_direct_messages_are_restricted(app, room):
    direct = (await room.ann.post("/channels/direct", [room.ann.user["id"], room.dan.user["id"]])).json()
    post = (await room.ann.post("/posts", {"channel_id": direct["id"], "message": "one"})).json()
    await room.ann.put(f"/posts/{post['id']}/patch", {"message": "two"})
    [version] = (await room.ann.get(f"/posts/{post['id']}/edit_history")).json()
    await app.config_store.patch({"TeamSettings": {"RestrictDirectMessage": "team"}})
    refused = await room.ann.post(f"/posts/{post['id']}/restore/{version['id']}")
    assert refused.error == "api.post.patch_post.can_not_update_post_in_restricted_dm.error"
