"""Marking a channel unread from a post on."""


async def test_unread_from_a_post(room, heard):
    posts = [await room.say(room.ann, f"number {n}" + (" @ben" if n == 2 else "")) for n in range(4)]
    mine = room.ben.user["id"]
    await room.ben.post("/channels/members/me/view", {"channel_id": room.id})
    path = f"/users/{mine}/posts/{posts[1]['id']}/set_unread"
    unread = (await room.ben.post(path, {})).json()
    assert (unread["msg_count"], unread["mention_count"], unread["last_viewed_at"]) == (1, 1, posts[1]["create_at"] - 1)
    [told] = heard.take("post_unread")
    assert (told.user_id, told.event.post_id) == (mine, posts[1]["id"])
    assert (await room.ben.get(f"/users/{mine}/channels/{room.id}/unread")).json()["msg_count"] == 3
    around = (await room.ben.get(f"/users/{mine}/channels/{room.id}/posts/unread?limit_before=1&limit_after=2")).json()
    assert around["order"] == [posts[2]["id"], posts[1]["id"], posts[0]["id"]]
    assert around["next_post_id"] == posts[3]["id"]


async def test_who_may_mark_unread(room, secret, nobody):
    post, hidden = await room.say(room.ann, "m"), await secret.say(room.ann, "m")
    mine = room.ben.user["id"]
    cases = (
        (room.ann, f"/users/{mine}/posts/{post['id']}/set_unread", 403),
        (room.ben, f"/users/{mine}/posts/{hidden['id']}/set_unread", 403),
        (room.ben, f"/users/{mine}/posts/{'z' * 26}/set_unread", 403),
        (room.cid, f"/users/{room.cid.user['id']}/posts/{post['id']}/set_unread", 404),
        (room.admin, f"/users/{mine}/posts/{post['id']}/set_unread", 200),
        (nobody, f"/users/{mine}/posts/{post['id']}/set_unread", 401),
    )
    for caller, path, status in cases:
        assert (await caller.post(path, {})).status == status
    listing = f"/users/{mine}/channels/{room.id}/posts/unread"
    assert (await room.ann.get(listing)).status == 403
    assert (await room.ben.get(listing + "?limit_after=0")).error == "api.context.invalid_url_param.app_error"
