"""Slash commands, buttons and dialogs: who may do what, what integrations are told, and what their answers do."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from mmfast.api.context import App
from mmfast.core import clock
from mmfast.features.integrations.trigger_ids import service as trigger_ids
from mmfast.platform.outgoing import Answer, OutgoingError
from tests.client import Client
from tests.features.spaces.conftest import Crew

URL = "https://integration.example/run"
NO_ID = "c" * 26


class Integration:
    """Stands in for all integrations: keeps what it is asked, and answers what it is told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []
        self.status, self.answer, self.is_reachable = 200, {}, True

    async def request(self, method: str, url: str, *, headers: dict, content: bytes, **options: Any) -> Answer:
        if not self.is_reachable:
            raise OutgoingError("refused")
        self.asked.append((method, url, headers, content))
        return Answer(self.status, {"content-type": "application/json"}, json.dumps(self.answer).encode(), url)

    def form(self) -> dict[str, list[str]]:
        """The form of the last request."""
        return parse_qs(self.asked[-1][3].decode(), keep_blank_values=True)

    def document(self) -> dict:
        """The document of the last request."""
        return json.loads(self.asked[-1][3])


@pytest.fixture
def integration(app: App, monkeypatch: pytest.MonkeyPatch) -> Integration:
    stand_in = Integration()
    monkeypatch.setattr(app.outgoing, "request", stand_in.request)
    return stand_in


async def make_command(by: Client, crew: Crew, **fields: object) -> dict:
    body = {"team_id": crew.team["id"], "trigger": "deploy", "method": "P", "url": URL, **fields}
    made = await by.post("/commands", body)
    assert made.status == 201, made.body
    return made.json()


async def run(by: Client, channel: dict, line: str, **fields: object):
    return await by.post("/commands/execute", {"channel_id": channel["id"], "command": line, **fields})


async def messages(by: Client, channel: dict) -> list[str]:
    found = (await by.get(f"/channels/{channel['id']}/posts")).json()
    return [found["posts"][post_id]["message"] for post_id in found["order"]]


# Managing -------------------------------------------------------------------------------------------------------------


async def test_only_who_may_manages_commands(crew: Crew, nobody: Client):
    command = await make_command(crew.ann, crew)
    path = f"/commands/{command['id']}"
    for who, refusal in ((crew.ben, 404), (crew.dan, 404), (nobody, 401)):
        for answer in (
            await who.get(path),
            await who.put(path, command),
            await who.put(path + "/regen_token"),
            await who.delete(path),
        ):
            assert answer.status == refusal
        wanted = {**command, "trigger": "other"}
        assert (await who.post("/commands", wanted)).status == (401 if who is nobody else 403)
        listed = await who.get(f"/commands?team_id={crew.team['id']}&custom_only=true")
        assert listed.status == (401 if who is nobody else 403)
    assert (await crew.ann.get(path)).json() == command


async def test_a_token_is_replaced_only_by_a_new_one(crew: Crew):
    command = await make_command(crew.ann, crew)
    path = f"/commands/{command['id']}"
    changed = (await crew.ann.put(path, {**command, "token": "mine", "trigger": "Ship"})).json()
    assert (changed["token"], changed["trigger"]) == (command["token"], "ship")
    renewed = (await crew.ann.put(path + "/regen_token")).json()["token"]
    assert renewed not in ("mine", command["token"])


async def test_what_is_offered_tells_no_secrets(crew: Crew):
    command = await make_command(crew.ann, crew, auto_complete=True, auto_complete_desc="ships")
    offered = await crew.ben.get(f"/teams/{crew.team['id']}/commands/autocomplete")
    (entry,) = [entry for entry in offered.json() if entry["trigger"] == "deploy"]
    assert entry["auto_complete_desc"] == "ships"
    assert command["token"].encode() not in offered.body
    assert URL.encode() not in offered.body
    found = await crew.ben.get(f"/teams/{crew.team['id']}/commands/autocomplete_suggestions?user_input=/de")
    assert [one["Suggestion"] for one in found.json()] == ["deploy"]


async def test_a_trigger_is_taken_once(crew: Crew):
    await make_command(crew.ann, crew)
    for trigger in ("deploy", "DEPLOY", "shrug"):
        again = {"team_id": crew.team["id"], "trigger": trigger, "method": "P", "url": URL}
        assert (await crew.ann.post("/commands", again)).error == "api.command.duplicate_trigger.app_error"


# Executing ------------------------------------------------------------------------------------------------------------


async def test_the_integration_learns_who_called(crew: Crew, room: dict, integration: Integration):
    command = await make_command(crew.ann, crew)
    integration.answer = {"text": "done"}
    answer = await run(crew.ben, room, "/deploy for @ann and @nobody-here")
    assert (answer.status, answer.json()["text"]) == (200, "done")
    form = integration.form()
    assert form["user_id"] == [crew.ben.user["id"]]
    assert form["token"] == [command["token"]]
    assert form["text"] == ["for @ann and @nobody-here"]
    assert form["user_mentions"] == [crew.ann.user["username"]]
    assert integration.asked[-1][2]["Authorization"] == f"Token {command['token']}"


async def test_a_command_by_get_keeps_its_query(crew: Crew, room: dict, integration: Integration):
    await make_command(crew.ann, crew, method="G", url=URL + "?mine=1")
    assert (await run(crew.ben, room, "/deploy now")).status == 200
    method, url, _, content = integration.asked[-1]
    query = parse_qs(urlsplit(url).query)
    assert (method, content, query["mine"], query["text"]) == ("GET", b"", ["1"], ["now"])


async def test_an_answer_for_all_is_posted_and_one_for_the_caller_is_not(
    crew: Crew, room: dict, integration: Integration
):
    await make_command(crew.ann, crew)
    integration.answer = {"text": "for you", "extra_responses": [{"text": "for all", "response_type": "in_channel"}]}
    assert (await run(crew.ben, room, "/deploy")).status == 200
    assert "for all" in await messages(crew.ann, room)
    assert "for you" not in await messages(crew.ann, room)


async def test_an_answer_goes_nowhere_where_the_caller_may_not_write(crew: Crew, room: dict, integration: Integration):
    elsewhere = await crew.channel(crew.ann, "other")
    await make_command(crew.ann, crew)
    for answer in ({"channel_id": elsewhere["id"]}, {"type": "system_add_to_channel"}):
        integration.answer = {"text": "sneaky", "response_type": "in_channel", **answer}
        refused = await run(crew.ben, room, "/deploy")
        assert refused.error == "api.command.execute_command.create_post_failed.app_error"
    assert "sneaky" not in await messages(crew.ann, elsewhere)


async def test_commands_are_executed_only_where_one_may_write(crew: Crew, room: dict, nobody: Client):
    assert (await run(crew.dan, room, "/shrug")).status == 403
    assert (await run(nobody, room, "/shrug")).status == 401
    assert (await run(crew.ben, {"id": NO_ID}, "/shrug")).status == 403
    assert (await run(crew.ben, room, "/nonsense")).status == 404


async def test_an_integration_that_fails_is_told(crew: Crew, room: dict, integration: Integration):
    await make_command(crew.ann, crew)
    integration.status = 500
    assert (await run(crew.ben, room, "/deploy")).error == "api.command.execute_command.failed_resp.app_error"
    integration.is_reachable = False
    assert (await run(crew.ben, room, "/deploy")).error == "api.command.execute_command.failed.app_error"


async def test_delayed_answers_have_a_limit(crew: Crew, room: dict, nobody: Client, integration: Integration):
    await make_command(crew.ann, crew)
    await run(crew.ben, room, "/deploy")
    path = "//hooks/commands/" + integration.form()["response_url"][0].rpartition("/")[2]
    for number in range(5):
        said = {"text": f"later {number}", "response_type": "in_channel"}
        assert (await nobody.post(path, said, headers={"content-type": "application/json"})).status == 200
    assert (await nobody.post(path, {"text": "too much"})).status == 400
    assert "later 4" in await messages(crew.ann, room)
    assert (await nobody.post("//hooks/commands/" + NO_ID, {"text": "x"})).status == 404


async def test_built_in_commands_respect_permissions(crew: Crew, room: dict):
    elsewhere = await crew.channel(crew.ann, "private", "P")
    for line in (f"/join ~{elsewhere['name']}", f"/invite @{crew.ben.user['username']} ~{elsewhere['name']}"):
        assert (await run(crew.ben, room, line)).status == 200
    assert (await crew.ben.get(f"/channels/{elsewhere['id']}")).status == 403


# Buttons and dialogs --------------------------------------------------------------------------------------------------


async def post_button(by: Client, channel: dict) -> dict:
    action = {"id": "go", "name": "Go", "type": "button", "integration": {"url": URL, "context": {"secret": "s3cret"}}}
    props = {"attachments": [{"text": "?", "actions": [action]}]}
    made = await by.post("/posts", {"channel_id": channel["id"], "message": "choose", "props": props})
    assert b"s3cret" not in made.body
    return made.json()


async def test_a_button_changes_its_message(crew: Crew, room: dict, integration: Integration):
    post = await post_button(crew.ann, room)
    integration.answer = {"update": {"message": "done"}}
    assert (await crew.ben.post(f"/posts/{post['id']}/actions/go")).status == 200
    assert integration.document()["context"] == {"secret": "s3cret"}
    assert integration.document()["user_id"] == crew.ben.user["id"]
    changed = (await crew.ann.get(f"/posts/{post['id']}")).json()
    assert changed["message"] == "done"
    assert changed["props"]["attachments"][0]["actions"][0]["id"] == "go"


async def test_who_may_not_read_a_message_presses_none_of_its_buttons(crew: Crew, nobody: Client):
    channel = await crew.channel(crew.ann, "private", "P")
    post = await post_button(crew.ann, channel)
    assert (await crew.ben.post(f"/posts/{post['id']}/actions/go")).status == 403
    assert (await nobody.post(f"/posts/{post['id']}/actions/go")).status == 401
    forged = await crew.ben.post(f"/posts/{NO_ID}/actions/go", {"cookie": "forged"})
    assert forged.error == "api.post.do_action.action_integration.app_error"


async def test_a_trigger_id_opens_dialogs_for_a_while(
    crew: Crew, room: dict, nobody: Client, integration: Integration, monkeypatch: pytest.MonkeyPatch
):
    post = await post_button(crew.ann, room)
    await crew.ben.post(f"/posts/{post['id']}/actions/go")
    signed = integration.document()["trigger_id"]
    wanted = {"trigger_id": signed, "url": URL, "dialog": {"title": "T"}}
    assert (await nobody.post("/actions/dialogs/open", wanted)).status == 200
    forged = {**wanted, "trigger_id": signed[:-8] + "AAAAAAA="}
    assert (await nobody.post("/actions/dialogs/open", forged)).status == 400
    monkeypatch.setattr(trigger_ids, "now_ms", lambda: clock.now_ms() + 3_600_000)
    expired = await nobody.post("/actions/dialogs/open", wanted)
    assert expired.error == "interactive_message.decode_trigger_id.expired"


async def test_a_form_is_submitted_in_one_s_own_name(crew: Crew, room: dict, integration: Integration):
    form = {"url": URL, "channel_id": room["id"], "team_id": crew.team["id"], "submission": {"n": 1}, "user_id": NO_ID}
    integration.answer = {"errors": {"n": "too small"}}
    assert (await crew.ben.post("/actions/dialogs/submit", form)).json() == {"errors": {"n": "too small"}}
    assert integration.document()["user_id"] == crew.ben.user["id"]
    private = await crew.channel(crew.ann, "private", "P")
    assert (await crew.ben.post("/actions/dialogs/submit", {**form, "channel_id": private["id"]})).status == 403
