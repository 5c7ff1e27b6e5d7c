"""Posts for one user, and reminders."""


async def test_only_its_reader_hears_of_an_ephemeral_post(room, heard):
    body = {"user_id": room.ben.user["id"], "post": {"channel_id": room.id, "message": "only for you"}}
    assert (await room.ann.post("/posts/ephemeral", body)).status == 403
    made = await room.admin.post("/posts/ephemeral", body)
    assert (made.status, made.json()["type"]) == (201, "system_ephemeral")
    [told] = heard.take("ephemeral_message")
    assert (told.user_id, told.channel_id) == (room.ben.user["id"], room.id)
    assert (await room.ben.get(f"/posts/{made.json()['id']}")).status == 404
    for part in ({"post": body["post"]}, {"user_id": body["user_id"]}):
        assert (await room.admin.post("/posts/ephemeral", part)).status == 400


async def test_buttons_of_an_ephemeral_post_are_sealed(room):
    action = {"id": "go", "name": "Go", "integration": {"url": "http://127.0.0.1/x"}}
    post = {"channel_id": room.id, "message": "m", "props": {"attachments": [{"text": "t", "actions": [action]}]}}
    made = (await room.admin.post("/posts/ephemeral", {"user_id": room.ben.user["id"], "post": post})).json()
    [shown] = made["props"]["attachments"][0]["actions"]
    assert shown["cookie"]
    assert "integration" not in shown


async def test_a_reminder_is_confirmed(room, secret, heard, app):
    post, hidden = await room.say(room.ann, "remember"), await secret.say(room.ann, "hidden")
    mine = room.ben.user["id"]
    path = f"/users/{mine}/posts/{post['id']}/reminder"
    assert (await room.ben.post(path, {"target_time": 4102444800})).status == 200
    [told] = heard.take("ephemeral_message")
    assert told.user_id == mine
    assert await app.db.fetchval("SELECT targettime FROM postreminders WHERE userid = $1", mine) == 4102444800
    for refused in (path.replace(post["id"], hidden["id"]), path.replace(mine, room.ann.user["id"])):
        assert (await room.ben.post(refused, {"target_time": 5})).status == 403


async def test_an_ephemeral_post_shows_what_it_brings(room, heard):
    post = {"channel_id": room.id, "message": "m", "props": {"attachments": [{"text": "t"}]}}
    made = await room.admin.post("/posts/ephemeral", {"user_id": room.ben.user["id"], "post": post})
    [told] = heard.take("ephemeral_message")
    card = {"type": "message_attachment"}
    assert told.event.post.metadata.embeds == [card]
    assert made.json()["metadata"]["embeds"] == [card, card]
