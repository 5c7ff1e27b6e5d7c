"""Outgoing webhooks: who manages them, which posts fire them, and what becomes of the answers."""

import json

import pytest

from mmfast.features.integrations.outgoing_calls import service
from mmfast.features.integrations.outgoing_webhooks.types import OutgoingWebhook
from tests.client import Client
from tests.features.spaces.conftest import Crew

URL, OTHER_URL = "http://receiver/a", "http://receiver/b"


async def make_hook(by: Client, crew: Crew, channel: dict | None, **fields: object) -> dict:
    place = {"team_id": crew.team["id"], "channel_id": channel["id"] if channel else ""}
    made = await by.post("/hooks/outgoing", {**place, "callback_urls": [URL], **fields})
    assert made.status == 201, made.body
    return made.json()


async def say(by: Client, channel: dict, message: str, **fields: object) -> dict:
    made = await by.post("/posts", {"channel_id": channel["id"], "message": message, **fields})
    assert made.status == 201, made.body
    return made.json()


# Managing -------------------------------------------------------------------------------------------------------------


async def test_a_webhook_is_made_changed_and_deleted(crew: Crew, room: dict):
    hook = await make_hook(crew.ann, crew, room, display_name="Old")
    path = f"/hooks/outgoing/{hook['id']}"
    changed = (await crew.ann.put(path, {**hook, "display_name": "New", "trigger_words": ["go"], "token": ""})).json()
    assert (changed["display_name"], changed["trigger_words"], changed["token"]) == ("New", ["go"], hook["token"])
    renewed = (await crew.ann.post(f"{path}/regen_token")).json()
    assert renewed["token"] not in ("", hook["token"])
    assert (await crew.ann.get(path)).json() == renewed
    assert (await crew.ann.delete(path)).status == 200
    assert (await crew.ann.get(path)).status == 404


async def test_only_who_may_manages_webhooks(crew: Crew, room: dict, nobody: Client):
    hook = await make_hook(crew.ann, crew, room)
    path = f"/hooks/outgoing/{hook['id']}"
    for who, status in ((crew.ben, 403), (crew.dan, 403), (nobody, 401)):
        wanted = {"team_id": crew.team["id"], "channel_id": room["id"], "callback_urls": [OTHER_URL]}
        assert (await who.post("/hooks/outgoing", wanted)).status == status
        assert (await who.get(path)).status == status
        assert (await who.put(path, hook)).status == status
        assert (await who.post(f"{path}/regen_token")).status == status
        assert (await who.delete(path)).status == status
        for query in ("", f"?team_id={crew.team['id']}", f"?channel_id={room['id']}"):
            assert (await who.get("/hooks/outgoing" + query)).status == status
    assert (await crew.ann.get("/hooks/outgoing")).status == 403
    assert (await crew.ann.get(f"/hooks/outgoing?channel_id={room['id']}")).json() == [hook]


async def test_a_channel_s_rights_open_no_other_team(crew: Crew, room: dict):
    """Whoever may list a channel's webhooks does not get at those of a team named beside it."""
    other = (await crew.dan.post("/teams", {"name": "other", "display_name": "Other", "type": "O"})).json()
    place = {"team_id": other["id"], "trigger_words": ["go"], "callback_urls": [URL]}
    assert (await crew.dan.post("/hooks/outgoing", place)).status == 201
    assert (await crew.ann.get(f"/hooks/outgoing?team_id={other['id']}")).status == 403
    assert (await crew.ann.get(f"/hooks/outgoing?team_id={other['id']}&channel_id={room['id']}")).json() == []


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"channel_id": ""}, "api.webhook.create_outgoing.triggers.app_error"),
        ({"callback_urls": []}, "model.outgoing_hook.is_valid.callback.app_error"),
        ({"callback_urls": ["file:///etc/passwd"]}, "model.outgoing_hook.is_valid.url.app_error"),
        ({"trigger_words": [""]}, "model.outgoing_hook.is_valid.trigger_words.app_error"),
        ({"trigger_when": 2}, "model.outgoing_hook.is_valid.content_type.app_error"),
        ({"display_name": "x" * 65}, "model.outgoing_hook.is_valid.display_name.app_error"),
    ],
)
async def test_what_no_webhook_may_be(crew: Crew, room: dict, change: dict, error: str):
    wanted = {"team_id": crew.team["id"], "channel_id": room["id"], "callback_urls": [URL], **change}
    refused = await crew.ann.post("/hooks/outgoing", wanted)
    assert (refused.status, refused.error) == (400, error)


async def test_private_channels_have_none(crew: Crew):
    secret = await crew.channel(crew.ann, "secret", "P")
    wanted = {"team_id": crew.team["id"], "channel_id": secret["id"], "callback_urls": [URL]}
    assert (await crew.ann.post("/hooks/outgoing", wanted)).status == 403


async def test_no_post_calls_an_address_twice(crew: Crew, room: dict):
    await make_hook(crew.ann, crew, room, trigger_words=["go", "run"])
    same = {"team_id": crew.team["id"], "channel_id": room["id"], "callback_urls": [URL], "trigger_words": ["run"]}
    refused = await crew.ann.post("/hooks/outgoing", same)
    assert (refused.status, refused.error) == (400, "api.webhook.create_outgoing.intersect.app_error")


# Firing ---------------------------------------------------------------------------------------------------------------


async def test_the_receiver_is_told_of_the_post(crew: Crew, room: dict, receivers):
    hook = await make_hook(crew.ann, crew, room, trigger_words=["go"], content_type="application/json")
    post = await say(crew.ben, room, "go for it")
    call = await receivers.take()
    assert call.headers["Accept"] == "application/json"
    assert call.body == {
        "token": hook["token"],
        "team_id": crew.team["id"],
        "team_domain": "crew",
        "channel_id": room["id"],
        "channel_name": "room",
        "timestamp": post["create_at"],
        "user_id": crew.ben.user["id"],
        "user_name": "ben",
        "post_id": post["id"],
        "text": "go for it",
        "trigger_word": "go",
        "file_ids": "",
    }


@pytest.mark.parametrize(
    ("when", "message", "fires"),
    [
        (0, "go on", True),
        (0, "go", True),
        (0, "go\non", True),
        (0, "going", False),
        (0, "please go", False),
        (0, "Go on", False),
        (0, " ", False),
        (1, "going", True),
        (1, "gone with it", True),
        (1, "ego", False),
    ],
)
def test_which_words_fire(when: int, message: str, fires: bool):
    hook = OutgoingWebhook("", "", 0, 0, 0, "", "", "", ["never", "go"], when, [URL], "", "", "", "", "")
    assert service.find_trigger(hook, message) == ("go" if fires else None)


async def test_what_people_did_not_say_in_public_is_not_told(crew: Crew, room: dict, receivers, nobody: Client):
    await make_hook(crew.ann, crew, None, trigger_words=["go"])
    await make_hook(crew.ann, crew, room, callback_urls=[OTHER_URL])
    secret = await crew.channel(crew.ann, "secret", "P")
    await say(crew.ann, secret, "go in private")
    incoming = (await crew.ann.post("/hooks/incoming", {"channel_id": room["id"]})).json()
    assert (await nobody.post(f"//hooks/{incoming['id']}", {"text": "go by program"})).status == 200
    await crew.join(room, crew.ann, crew.cid)  # makes a system message
    post = await say(crew.ben, room, "said")
    call = await receivers.take()
    assert (call.url, call.body["post_id"]) == (OTHER_URL, post["id"])
    assert receivers.nothing_came()


async def test_nothing_is_told_while_webhooks_are_off(app, crew: Crew, room: dict, receivers):
    hook = await make_hook(crew.ann, crew, room)
    await app.config_store.patch({"ServiceSettings": {"EnableOutgoingWebhooks": False}})
    await say(crew.ben, room, "unheard")
    assert (await crew.ann.get(f"/hooks/outgoing/{hook['id']}")).status == 501
    await app.config_store.patch({"ServiceSettings": {"EnableOutgoingWebhooks": True}})
    await say(crew.ben, room, "heard")
    assert (await receivers.take()).body["text"] == "heard"


async def test_a_receiver_that_hangs_delays_nobody(app, crew: Crew, room: dict, receivers, monkeypatch):
    monkeypatch.setattr(service, "WAITING_OF_ONE", 5)
    await make_hook(crew.ann, crew, room)
    receivers.hanging.add(URL)
    for number in range(10):
        await say(crew.ben, room, f"post {number}")
    await make_hook(crew.ann, crew, room, callback_urls=[OTHER_URL], trigger_words=["go"])
    await say(crew.ben, room, "go on")
    assert (await receivers.take()).url == OTHER_URL
    assert receivers.arrived.count(URL) == 5, "what exceeds the queue is dropped"


# Answers --------------------------------------------------------------------------------------------------------------


async def answered(crew: Crew, room: dict, receivers, next_post, answer: dict) -> tuple[dict, dict]:
    """The post that fires a webhook, and what its receiver's answer becomes."""
    await make_hook(crew.ann, crew, room, display_name="Out", trigger_words=["go"])
    receivers.answers[URL] = json.dumps(answer).encode()
    post = await say(crew.ben, room, "go")
    assert (await next_post())["id"] == post["id"]
    return post, await next_post()


async def test_an_answer_becomes_a_post(crew: Crew, room: dict, receivers, next_post):
    _, reply = await answered(crew, room, receivers, next_post, {"text": "see <http://x|this>", "props": {"mine": 1}})
    assert (reply["message"], reply["root_id"]) == ("see [this](http://x)", "")
    assert reply["user_id"] == crew.ann.user["id"]
    assert reply["props"] == {"mine": 1, "from_webhook": "true", "webhook_display_name": "Out"}


async def test_an_answer_becomes_a_comment(crew: Crew, room: dict, receivers, next_post):
    post, reply = await answered(crew, room, receivers, next_post, {"text": "so", "response_type": "comment"})
    assert reply["root_id"] == post["id"]


async def test_attachments_are_an_answer(crew: Crew, room: dict, receivers, next_post):
    _, reply = await answered(crew, room, receivers, next_post, {"attachments": [{"text": "card"}]})
    assert (reply["type"], reply["props"]["attachments"][0]["text"]) == ("slack_attachment", "card")


async def test_what_is_no_answer_makes_no_post(crew: Crew, room: dict, receivers, next_post):
    await make_hook(crew.ann, crew, room, trigger_words=["go"])
    for answer in (b"", b"words", b"{}", b'{"text": 5}', b'{"text": "x", "type": "system_x"}'):
        receivers.answers[URL] = answer
        await say(crew.ben, room, "go")
        await receivers.take()
    receivers.answers[URL] = b'{"text": "ended"}'
    await say(crew.ben, room, "go")
    assert [(await next_post())["message"] for _ in range(7)] == ["go"] * 6 + ["ended"]
