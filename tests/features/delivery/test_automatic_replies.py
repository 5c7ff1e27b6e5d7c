"""Out of office: direct messages are answered once a day."""

import trio
from trio.testing import wait_all_tasks_blocked


async def test_a_direct_message_is_answered_once(room, heard):
    await room.admin.put("/config/patch", {"TeamSettings": {"ExperimentalEnableAutomaticReplies": True}})
    props = {"auto_responder_active": "true", "auto_responder_message": "Back on Monday"}
    await room.ann.put("/users/me/patch", {"notify_props": {**room.ann.user["notify_props"], **props}})
    people = [room.ann.user["id"], room.ben.user["id"]]
    channel = (await room.ben.post("/channels/direct", people)).json()
    heard.clear()
    for message in ("hello?", "anybody?"):
        sent = await room.ben.post("/posts", {"channel_id": channel["id"], "message": message})
        assert sent.status == 201
    with trio.fail_after(5):
        while len([told for told in heard if type(told.event).event_name == "posted"]) < 3:
            await wait_all_tasks_blocked(0.01)
    listed = (await room.ben.get(f"/channels/{channel['id']}/posts")).json()
    replies = [p for p in listed["posts"].values() if p["type"] == "system_auto_responder"]
    assert [(p["message"], p["user_id"]) for p in replies] == [("Back on Monday", room.ann.user["id"])]
