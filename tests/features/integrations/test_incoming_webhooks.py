"""Incoming webhooks: who manages them, what programs may send, and where it goes."""

import json
from urllib.parse import urlencode

import pytest

from tests.client import Answer, Client
from tests.features.spaces.conftest import Crew

REFUSED = "web.incoming_webhook.general.app_error"
UNREADABLE = "web.incoming_webhook.decode.app_error"


async def make_hook(by: Client, channel: dict, **fields: object) -> dict:
    made = await by.post("/hooks/incoming", {"channel_id": channel["id"], "display_name": "Builds", **fields})
    assert made.status == 201, made.body
    return made.json()


async def send(caller: Client, hook: dict, message: object) -> Answer:
    return await caller.post(f"//hooks/{hook['id']}", message)


@pytest.fixture
async def hook(crew: Crew, room: dict) -> dict:
    """A webhook of the room, which ann owns."""
    return await make_hook(crew.ann, room)


# Managing -------------------------------------------------------------------------------------------------------------


async def test_a_webhook_is_made_changed_and_deleted(crew: Crew, room: dict, hook: dict):
    other = await crew.channel(crew.ann, "other")
    wanted = {"id": hook["id"], "channel_id": other["id"], "display_name": "New", "channel_locked": True}
    changed = await crew.ann.put(f"/hooks/incoming/{hook['id']}", wanted)
    assert changed.status == 201
    read = (await crew.ann.get(f"/hooks/incoming/{hook['id']}")).json()
    assert read == changed.json()
    assert (read["channel_id"], read["display_name"], read["user_id"]) == (other["id"], "New", crew.ann.user["id"])
    assert (await crew.ann.delete(f"/hooks/incoming/{hook['id']}")).status == 200
    assert (await crew.ann.get(f"/hooks/incoming/{hook['id']}")).status == 404


async def test_only_who_may_manages_webhooks(crew: Crew, room: dict, hook: dict, nobody: Client):
    path = f"/hooks/incoming/{hook['id']}"
    for who, status in ((crew.ben, 403), (crew.dan, 403), (nobody, 401)):
        assert (await who.post("/hooks/incoming", {"channel_id": room["id"]})).status == status
        assert (await who.get(path)).status == status
        assert (await who.put(path, hook)).status == status
        assert (await who.delete(path)).status == status
        assert (await who.get(f"/hooks/incoming?team_id={crew.team['id']}")).status == status
        assert (await who.get("/hooks/incoming")).status == status
    assert (await crew.ann.get("/hooks/incoming")).status == 403
    assert (await crew.admin.get("/hooks/incoming")).json() == [hook]


async def test_who_may_manage_only_their_own_sees_only_those(crew: Crew, room: dict, hook: dict):
    role = (await crew.admin.get("/roles/name/team_user")).json()
    more = [*role["permissions"], "manage_own_incoming_webhooks"]
    assert (await crew.admin.put(f"/roles/{role['id']}/patch", {"permissions": more})).status == 200
    own = await make_hook(crew.ben, room)
    assert own["channel_locked"], "who may not lift the lock gets it"
    listed = await crew.ben.get(f"/hooks/incoming?team_id={crew.team['id']}&include_total_count=true")
    assert listed.json() == {"incoming_webhooks": [own], "total_count": 1}
    assert (await crew.ben.get(f"/hooks/incoming/{hook['id']}")).status == 403
    for_ann = {"channel_id": room["id"], "user_id": crew.ann.user["id"]}
    assert (await crew.ben.post("/hooks/incoming", for_ann)).status == 403


async def test_a_private_channel_keeps_its_webhooks_from_strangers(crew: Crew):
    secret = await crew.channel(crew.admin, "secret", "P")
    hidden = await make_hook(crew.admin, secret)
    assert (await crew.ann.get(f"/hooks/incoming/{hidden['id']}")).status == 403
    assert (await crew.ann.delete(f"/hooks/incoming/{hidden['id']}")).status == 403
    assert (await crew.ann.post("/hooks/incoming", {"channel_id": secret["id"]})).status == 403


@pytest.mark.parametrize(
    ("change", "status", "error"),
    [
        ({"channel_id": "z" * 26}, 404, "app.channel.get.existing.app_error"),
        ({"id": "z" * 26}, 400, "app.webhooks.save_incoming.existing.app_error"),
        ({"user_id": "z" * 26}, 404, "app.user.missing_account.const"),
        ({"display_name": "x" * 65}, 400, "model.incoming_hook.display_name.app_error"),
        ({"description": "x" * 501}, 400, "model.incoming_hook.description.app_error"),
    ],
)
async def test_what_no_webhook_may_be(crew: Crew, room: dict, change: dict, status: int, error: str):
    refused = await crew.ann.post("/hooks/incoming", {"channel_id": room["id"], **change})
    assert (refused.status, refused.error) == (status, error)


async def test_nothing_works_while_webhooks_are_off(app, crew: Crew, room: dict, hook: dict, nobody: Client):
    await app.config_store.patch({"ServiceSettings": {"EnableIncomingWebhooks": False}})
    assert (await crew.ann.get(f"/hooks/incoming/{hook['id']}")).status == 501
    assert (await crew.ann.post("/hooks/incoming", {"channel_id": room["id"]})).status == 501
    refused = await send(nobody, hook, {"text": "x"})
    assert (refused.status, refused.error) == (501, REFUSED)


async def test_webhooks_go_with_their_channel(app, crew: Crew, room: dict, hook: dict, nobody: Client):
    await app.config_store.patch({"ServiceSettings": {"EnableAPIChannelDeletion": True}})
    assert (await send(nobody, hook, {"text": "x"})).status == 200
    assert (await crew.admin.delete(f"/channels/{room['id']}?permanent=true")).status == 200
    assert (await send(nobody, hook, {"text": "x"})).status == 400
    assert (await crew.admin.get(f"/hooks/incoming/{hook['id']}")).status == 404


# Posting --------------------------------------------------------------------------------------------------------------


async def test_a_message_stands_in_the_owner_s_name(crew: Crew, hook: dict, nobody: Client, next_post):
    answer = await send(nobody, hook, {"text": "done <http://x/1|here>", "props": {"mine": 1, "from_webhook": "no"}})
    assert (answer.status, answer.body, answer.headers["content-type"]) == (200, b"ok", "text/plain")
    post = await next_post()
    assert post["message"] == "done [here](http://x/1)"
    assert post["user_id"] == crew.ann.user["id"]
    assert post["props"] == {"mine": 1, "from_webhook": "true", "webhook_display_name": "Builds"}


async def test_names_and_pictures_where_the_server_lets_programs_choose_them(
    app, crew: Crew, hook: dict, nobody: Client, next_post
):
    allowed = {"EnablePostUsernameOverride": True, "EnablePostIconOverride": True}
    await app.config_store.patch({"ServiceSettings": allowed})
    await send(nobody, hook, {"text": "x", "username": "robot", "icon_emoji": ":wave_dark_skin_tone:"})
    props = (await next_post())["props"]
    assert (props["override_username"], props["override_icon_emoji"]) == ("robot", ":wave_dark_skin_tone:")
    assert props["override_icon_url"] == "/static/emoji/1f44b-1f3ff.png"
    await send(nobody, hook, {"text": "x"})
    assert (await next_post())["props"]["override_username"] == "webhook"


FORM = "application/x-www-form-urlencoded"
MULTIPART = b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n--b--\r\n'


WAYS = (
    ("application/json", b'{"text": "said"}'),
    ("application/json; charset=utf-8", b'{"TEXT": "said"}'),
    ("", b'{"text": "said"}'),
    ("text/plain", b'{"text": "said"}'),
    (FORM, urlencode({"payload": '{"text": "said"}'}).encode()),
    ("multipart/form-data; boundary=b", MULTIPART % (b"text", b"said")),
    ("multipart/form-data; boundary=b", MULTIPART % (b"payload", b'{"text": "said"}')),
)


async def test_every_way_to_send(hook: dict, nobody: Client, next_post):
    for content_type, body in WAYS:
        headers = {"content-type": content_type} if content_type else {}
        answer = await nobody.post(f"//hooks/{hook['id']}", data=body, headers=headers)
        assert answer.status == 200, (content_type, answer.body)
        assert (await next_post())["message"] == "said"


NO_WAYS = (
    ("application/json", b"{", UNREADABLE),
    ("application/json", b'{"text": 5}', UNREADABLE),
    ("application/json", b'{"attachments": {}}', UNREADABLE),
    ("application/json", b'{"attachments": [{"text": 5}]}', UNREADABLE),
    ("application/json", b'{"attachments": [{"fields": [5]}]}', UNREADABLE),
    ("application/json", b"[]", UNREADABLE),
    ("application/json", b"null", REFUSED),
    ("application/json", b'{"text": ""}', REFUSED),
    ("application/json", b'{"text": "x", "type": "system_join_channel"}', REFUSED),
    ("application/json", b'{"text": "x", "channel": "no-such-channel"}', REFUSED),
    ("application/json", b'{"text": "x", "channel": "@no-such-user"}', REFUSED),
    ("text/plain", b"words", UNREADABLE),
    (FORM, b"text=said", UNREADABLE),
    ("multipart/form-data; boundary=b", MULTIPART % (b"colour", b"red"), UNREADABLE),
    ("multipart/form-data", b"", "web.incoming_webhook.parse_multipart.app_error"),
    ("a/b;;", b'{"text": "x"}', "web.incoming_webhook.parse_form.app_error"),
)


async def test_what_cannot_be_sent(hook: dict, nobody: Client):
    for content_type, body, error in NO_WAYS:
        refused = await nobody.post(f"//hooks/{hook['id']}", data=body, headers={"content-type": content_type})
        assert refused.status in (400, 404), (content_type, body)
        assert refused.error == error, (content_type, body)


async def test_line_breaks_may_stand_in_a_text_as_they_are(hook: dict, nobody: Client, next_post):
    await nobody.post(f"//hooks/{hook['id']}", data=b'{"text": "one\ntwo\tthree"}')
    assert (await next_post())["message"] == "one\ntwo\tthree"


async def test_a_message_may_name_another_place(crew: Crew, hook: dict, nobody: Client, next_post):
    other = await crew.channel(crew.admin, "other")
    assert (await send(nobody, hook, {"text": "x", "channel": "#other"})).status == 200
    assert (await next_post())["channel_id"] == other["id"]
    assert (await send(nobody, hook, {"text": "x", "channel": "@dan"})).status == 200
    direct = (await crew.dan.get(f"/channels/{(await next_post())['channel_id']}")).json()
    assert direct["name"] == "__".join(sorted((crew.ann.user["id"], crew.dan.user["id"])))


async def test_a_message_reaches_no_channel_that_the_owner_does_not(crew: Crew, hook: dict, nobody: Client):
    await crew.channel(crew.ben, "secret", "P")
    assert (await send(nobody, hook, {"text": "x", "channel": "secret"})).status == 403


async def test_a_locked_webhook_stays_in_its_channel(crew: Crew, room: dict, nobody: Client):
    hook = await make_hook(crew.ann, room, channel_locked=True)
    await crew.channel(crew.ann, "other")
    for place, status in (("other", 403), ("@ben", 403), ("room", 200), ("", 200)):
        assert (await send(nobody, hook, {"text": "x", "channel": place})).status == status


async def test_an_archived_channel_takes_no_messages(crew: Crew, room: dict, hook: dict, nobody: Client):
    assert (await crew.ann.delete(f"/channels/{room['id']}")).status == 200
    assert (await send(nobody, hook, {"text": "x"})).status == 400
    assert (await crew.ann.post(f"/channels/{room['id']}/restore")).status == 200
    assert (await send(nobody, hook, {"text": "x"})).status == 200


async def test_long_messages_become_several_posts(hook: dict, nobody: Client, next_post):
    sent = "w" * 20_000
    await send(nobody, hook, {"text": sent, "attachments": [{"text": "card"}]})
    first, second = await next_post(), await next_post()
    assert first["message"] + second["message"] == sent
    assert "attachments" not in first["props"]
    assert second["props"]["attachments"][0]["text"] == "card"


async def test_attachments_too_large_for_one_post_are_spread(hook: dict, nobody: Client, next_post, app):
    await app.config_store.patch({"ServiceSettings": {"MaximumPayloadSizeBytes": 5_000_000}})
    await send(nobody, hook, {"text": "x", "attachments": [{"text": letter * 500_000} for letter in "ab"]})
    first, second = await next_post(), await next_post()
    assert [post["props"]["attachments"][0]["text"][0] for post in (first, second)] == ["a", "b"]
    assert [post["message"] for post in (first, second)] == ["x", ""]
    assert (await send(nobody, hook, {"attachments": [{"text": "c" * 800_000}]})).status == 400


async def test_a_refusal_tells_strangers_nothing(crew: Crew, hook: dict, nobody: Client):
    await crew.channel(crew.ben, "secret", "P")
    refused = await send(nobody, hook, {"text": "x", "channel": "secret"})
    assert "secret" not in json.dumps(refused.json())
