"""Running the server: caches, connections, busy state, restart, the log, and who may do these."""

import logging

import pytest

from mmfast.platform import logging as logs
from mmfast.realtime.signals import DatabaseRecycled, ServerMarkedBusy

ADMIN_ONLY = (
    ("POST", "/caches/invalidate"),
    ("POST", "/database/recycle"),
    ("GET", "/system/schema/version"),
    ("POST", "/restart"),
    ("GET", "/latest_version"),
    ("POST", "/upgrade_to_enterprise"),
    ("GET", "/upgrade_to_enterprise/allowed"),
    ("GET", "/upgrade_to_enterprise/status"),
    ("POST", "/server_busy"),
    ("GET", "/server_busy"),
    ("DELETE", "/server_busy"),
    ("GET", "/logs"),
    ("GET", "/logs/download"),
    ("POST", "/logs/query"),
    ("GET", "/cluster/status"),
    ("GET", "/analytics/old"),
    ("GET", "/reports/users"),
    ("GET", "/reports/users/count"),
    ("POST", "/reports/users/export"),
    ("POST", "/reports/posts"),
    ("POST", "/brand/image"),
    ("DELETE", "/brand/image"),
    ("POST", "/site_url/test"),
    ("POST", "/email/test"),
    ("POST", "/file/s3_test"),
    ("POST", "/elasticsearch/purge_indexes"),
    ("GET", "/system/onboarding/complete"),
    ("POST", "/system/onboarding/complete"),
    ("GET", "/plugins/marketplace/first_admin_visit"),
    ("POST", "/audit_logs/certificate"),
    ("DELETE", "/audit_logs/certificate"),
)


@pytest.fixture
def log_file(tmp_path):
    """A log file with four records, one of which is no JSON."""
    handler = logs._File(tmp_path / "mattermost.log")
    handler.setFormatter(logs.JSONFormatter(0))
    handler.setLevel(logging.CRITICAL + 1)  # nothing but what the test writes
    lines = [
        '{"timestamp":"2026-01-01 10:00:00.000 Z","level":"info","msg":"one"}',
        '{"timestamp":"2026-01-01 11:00:00.000 Z","level":"error","msg":"two"}',
        "not JSON",
        '{"timestamp":"2026-01-01 12:00:00.000 Z","level":"error","msg":"three"}',
    ]
    (tmp_path / "mattermost.log").write_text("\n".join(lines) + "\n")
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    handler.close()


async def test_only_administrators_run_the_server(admin, nobody):
    user = await admin.sign_up("user")
    for method, path in ADMIN_ONLY:
        assert (await nobody.call(method, path)).status in (401, 403), path
        assert (await user.call(method, path)).status == 403, path


async def test_the_busy_state_refuses_searches_and_reaches_other_workers(app, admin):
    said = []
    publish = app.publish
    app.publish = lambda item: (said.append(item), publish(item))
    assert (await admin.post("/server_busy?seconds=60")).status == 200
    assert said[-1] == ServerMarkedBusy(app.busy_until_ms)
    state = (await admin.get("/server_busy")).json()
    assert state["busy"]
    assert state["expires"] == app.busy_until_ms // 1000
    assert (await admin.post("/users/search", {"term": "x"})).status == 503
    assert (await admin.delete("/server_busy")).status == 200
    assert not (await admin.get("/server_busy")).json()["busy"]
    assert (await admin.post("/users/search", {"term": "x"})).status == 200
    for seconds in ("0", "-1", "86401", "many", "%D9%A3"):
        assert (await admin.post(f"/server_busy?seconds={seconds}")).status == 400


async def test_connections_are_renewed_and_caches_emptied(app, admin):
    said = []
    app.publish = said.append
    before = set(app.db._connections)
    assert (await admin.post("/database/recycle")).status == 200
    assert DatabaseRecycled() in said
    assert (await admin.get("/users/me")).status == 200
    assert not before & set(app.db._connections)
    assert app.caches.names()
    answer = await admin.post("/caches/invalidate")
    assert answer.headers["cache-control"] == "no-cache, no-store, must-revalidate"
    assert (await admin.get("/users/me")).json()["id"] == admin.user["id"]
    history = (await admin.get("/system/schema/version")).json()
    assert history[0]["version"] > history[-1]["version"] == 1


async def test_a_restart_is_begun(app, admin):
    begun = []
    app.restart = lambda: begun.append(True)
    assert (await admin.post("/restart")).status == 200
    assert begun == [True]


async def test_the_log_is_read_from_its_end(admin, log_file):
    assert [line[:8] for line in (await admin.get("/logs?logs_per_page=2")).json()] == ["not JSON", '{"timest']
    assert '"two"' in (await admin.get("/logs?logs_per_page=2&page=1")).json()[1]
    assert (await admin.get("/logs?logs_per_page=0")).json() == []
    download = await admin.get("/logs/download")
    assert download.status == 200
    assert download.body.count(b"\n") == 4


async def test_the_log_is_searched(admin, log_file):
    async def found(**wanted):
        answer = await admin.post("/logs/query", wanted)
        return [record["msg"] for record in answer.json().get("default", [])]

    assert await found() == ["one", "two", "three"]
    assert await found(log_levels=["error"]) == ["two", "three"]
    assert await found(date_from="2026-01-01 12:30:00.000 +01:00") == ["three"]
    assert await found(date_to="2026-01-01 10:30:00.000 Z", log_levels=["info", "error"]) == ["one"]
    assert await found(server_names=["elsewhere"]) == []
    assert (await admin.post("/logs/query", data=b"{")).error == "api.system.logs.invalidFilter"


async def test_without_a_log_file_there_is_nothing_to_download(admin):
    assert (await admin.get("/logs")).json() == []
    assert (await admin.get("/logs/download")).status == 404


async def test_clients_write_to_the_log(app, admin, nobody, caplog):
    with caplog.at_level(logging.DEBUG, logger="mmfast.features.admin.logs.service"):
        answer = await admin.post("/logs", {"level": "ERROR", "message": "m" * 500})
        user = await admin.sign_up("user")
        await user.post("/logs", {"level": "ERROR", "message": "theirs"})
    assert answer.json()["message"].endswith("Message: " + "m" * 399)
    levels = {record.levelno for record in caplog.records if "theirs" in record.getMessage()}
    assert levels == {logging.DEBUG}
    assert (await nobody.post("/logs", {"message": "x"})).status == 403
    await app.config_store.patch({"ServiceSettings": {"EnableDeveloper": True}})
    assert (await nobody.post("/logs", {"message": "x"})).status == 200
