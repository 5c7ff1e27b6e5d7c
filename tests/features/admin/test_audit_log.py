"""The audit log: who did what, in a file, without anything secret."""

import json

import pytest

from mmfast.api.router import load_operations
from mmfast.features.admin.audit_log.service import PASSING, WATCHED_READS
from mmfast.features.admin.local_mode.service import local_dispatcher
from tests.client import PASSWORD, Client


@pytest.fixture
async def file(app, admin, tmp_path):
    """The audit log of what comes after the administrator's own account."""
    path = tmp_path / "logs" / "audit.log"
    await app.config_store.patch({"ExperimentalAuditSettings": {"FileEnabled": True}})
    return path


def records(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_the_operations_named_are_there():
    declared = load_operations()
    later = {"DownloadExport", "DownloadJob"}
    assert {name for name in PASSING | WATCHED_READS if name not in declared} <= later


async def test_changes_are_recorded_with_who_and_how_it_ended(file, admin):
    body = {"name": "crew", "display_name": "Crew", "type": "O"}
    headers = {"user-agent": "tests"}
    assert (await admin.post("/teams", body, headers=headers)).status == 201
    assert (await admin.post("/teams", body)).status == 400
    assert (await admin.get("/teams")).status == 200
    made, refused = records(file)
    assert (made["event_name"], made["status"], made["error"]) == ("CreateTeam", "success", None)
    assert made["actor"]["user_id"] == admin.user["id"]
    assert (made["actor"]["client"], made["actor"]["ip_address"]) == ("tests", "127.0.0.1")
    assert made["meta"]["api_path"] == "/api/v4/teams"
    assert len(made["actor"]["session_id"]) == 26
    assert refused["status"] == "fail"
    assert (
        refused["error"] == {"description": "app.team.save.app_error", "status_code": 400}
        or refused["error"]["description"]
    )


async def test_what_was_done_to_whom_stands_in_the_parameters(file, admin):
    ann = await admin.sign_up("ann")
    assert (await admin.put(f"/users/{ann.user['id']}/active", {"active": False})).status == 200
    record = records(file)[-1]
    assert record["event_name"] == "UpdateUserActive"
    assert record["event"]["parameters"] == {"user_id": ann.user["id"]}


async def test_refusals_of_readers_are_recorded_too(file, admin):
    ann = await admin.sign_up("ann")
    assert (await ann.get("/config")).status == 403
    record = records(file)[-1]
    assert (record["event_name"], record["status"], record["actor"]["user_id"]) == ("GetConfig", "fail", ann.user["id"])


async def test_nothing_secret_is_written(file, app, admin, nobody):
    await app.config_store.patch({"ServiceSettings": {"EnableUserAccessTokens": True}})
    ann = await admin.sign_up("ann")
    token = (await admin.post(f"/users/{admin.user['id']}/tokens", {"description": "x"})).json()["token"]
    await admin.put(f"/users/{ann.user['id']}/password", {"new_password": "Other-123456"})
    team = (await admin.post("/teams", {"name": "crew", "display_name": "Crew", "type": "O"})).json()
    channel = (await admin.get(f"/teams/{team['id']}/channels/name/town-square")).json()
    hook = (await admin.post("/hooks/incoming", {"channel_id": channel["id"]})).json()
    await nobody.post("//hooks/" + hook["id"], {"text": "private words"})
    await nobody.post("/users/login", {"login_id": "ann", "password": "Wrong-123456"})
    text = file.read_text()
    for secret in (PASSWORD, "Other-123456", "Wrong-123456", token, admin.token, hook["id"], "private words"):
        assert secret not in text
    assert "PostToIncomingWebhook" in text


async def test_posts_are_for_targets_that_ask_for_content(file, app, admin, tmp_path):
    target = {"type": "file", "levels": [{"name": "audit-content"}], "options": {"filename": "content.log"}}
    await app.config_store.patch({"ExperimentalAuditSettings": {"AdvancedLoggingJSON": {"content": target}}})
    team = (await admin.post("/teams", {"name": "crew", "display_name": "Crew", "type": "O"})).json()
    channel = (await admin.get(f"/teams/{team['id']}/channels/name/town-square")).json()
    assert (await admin.post("/posts", {"channel_id": channel["id"], "message": "private words"})).status == 201
    assert [r["event_name"] for r in records(file)] == ["CreateTeam"]
    content = records(tmp_path / "content.log")
    assert [r["event_name"] for r in content] == ["CreatePost"]
    assert "private words" not in (tmp_path / "content.log").read_text()


async def test_the_local_caller_is_recorded_whatever_it_does(file, app, admin):
    local = Client(local_dispatcher(app))
    assert (await local.get("/users")).status == 200
    record = records(file)[-1]
    assert (record["event_name"], record["actor"]["user_id"]) == ("GetUsers", "")


async def test_switched_off_nothing_is_written(app, admin, tmp_path):
    await admin.post("/teams", {"name": "crew", "display_name": "Crew", "type": "O"})
    assert not (tmp_path / "logs" / "audit.log").exists()
