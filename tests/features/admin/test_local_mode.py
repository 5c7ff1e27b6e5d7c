"""What an administrator's tool does over the local socket: everything that administers, in nobody's name."""

import io
import json
import os
import zipfile
from pathlib import Path

import httpx2
import pytest
import trio
import yaml

from mmfast.api.context import App
from mmfast.api.router import load_operations
from mmfast.features.admin.local_mode.service import SERVED, local_dispatcher
from tests.client import PASSWORD, Client
from tests.running import running_server


@pytest.fixture
def local(app: App) -> Client:
    """The caller at the local socket."""
    return Client(local_dispatcher(app))


async def made(client: Client, path: str, **body):
    answer = await client.post(path, body)
    assert answer.status in (200, 201), (path, answer.status, answer.body)
    return answer.json()


async def put(client: Client, path: str, body, status: int = 200):
    answer = await client.put(path, body)
    assert answer.status == status, (path, answer.status, answer.body)
    return answer.json()


@pytest.mark.reference
def test_every_operation_named_is_one_of_the_reference_s():
    document = yaml.safe_load((Path(os.environ["MMFAST_REFERENCE"]) / "reference/openapi-v4.yaml").read_text())
    known = {o.get("operationId") for path in document["paths"].values() for o in path.values() if isinstance(o, dict)}
    names = [name for area in SERVED.values() for name in area.split()]
    assert [name for name in names if name not in known and name not in load_operations()] == []
    assert len(names) == len(set(names))


async def test_accounts_are_made_found_changed_and_switched_off(local, app):
    user = await made(local, "/users", email="ann@example.com", username="ann", password=PASSWORD)
    await put(local, f"/users/{user['id']}/roles", {"roles": "system_user system_admin"})
    assert [u["username"] for u in (await local.get("/users?page=0&per_page=200")).json()] == ["ann"]
    assert (await local.get("/users/username/ann")).json()["roles"] == "system_user system_admin"
    assert (await local.get("/users/email/ann@example.com")).json()["id"] == user["id"]
    assert (await put(local, f"/users/{user['id']}/patch", {"email": "new@example.com"}))["email"] == "new@example.com"
    await put(local, f"/users/{user['id']}/password", {"new_password": "Other-123456"})
    await made(local, f"/users/{user['id']}/email/verify/member")
    assert await app.db.fetchval("select emailverified from users where id = $1", user["id"])
    await put(local, f"/users/{user['id']}/mfa", {"activate": False})
    assert (await local.post("/users/password/reset/send", {"email": "new@example.com"})).status in (200, 500)
    ann = Client(local.dispatcher)
    await put(local, f"/users/{user['id']}/active", {"active": False})
    assert (await local.get(f"/users/{user['id']}")).json()["delete_at"] > 0
    await put(local, f"/users/{user['id']}/active", {"active": True})
    assert (await ann.post("/users/login", {"login_id": "ann", "password": "Other-123456"})).status == 404


async def test_teams_and_channels_have_no_maker_and_members_only_when_added(local, admin):
    team = await made(local, "/teams", name="crew", display_name="Crew", type="O")
    assert (await local.get(f"/teams/{team['id']}/members")).json() == []
    fields = {"team_id": team["id"], "name": "plans", "display_name": "Plans", "type": "P"}
    channel = await made(local, "/channels", **fields)
    assert channel["creator_id"] == ""
    ann = await admin.sign_up("ann")
    user_id = ann.user["id"]
    await made(local, f"/teams/{team['id']}/members", team_id=team["id"], user_id=user_id)
    await made(local, f"/channels/{channel['id']}/members", user_id=user_id)
    await put(local, f"/channels/{channel['id']}/patch", {"display_name": "Plans of ours", "header": "all of them"})
    await put(local, f"/channels/{channel['id']}/privacy", {"privacy": "O"})
    names = {c["name"] for c in (await local.get(f"/teams/{team['id']}/channels")).json()}
    assert names == {"town-square", "off-topic", "plans"}
    assert (await local.delete(f"/channels/{channel['id']}")).status == 200
    assert [c["id"] for c in (await local.get(f"/teams/{team['id']}/channels/deleted")).json()] == [channel["id"]]
    await made(local, f"/channels/{channel['id']}/restore")
    other = await made(local, "/teams", name="elsewhere", display_name="Elsewhere", type="O")
    assert (await local.post(f"/channels/{channel['id']}/move", {"team_id": other["id"], "force": True})).status == 200
    assert (await local.delete(f"/teams/{team['id']}/members/{user_id}")).status == 200
    assert (await local.post("/teams/search", {"term": "crew"})).json()[0]["id"] == team["id"]
    assert (await local.delete(f"/teams/{team['id']}")).status == 200
    await made(local, f"/teams/{team['id']}/restore")


async def test_what_it_does_to_a_channel_is_told_there_by_the_system(local, admin):
    team = await made(admin, "/teams", name="crew", display_name="Crew", type="O")
    channel = await made(admin, "/channels", team_id=team["id"], name="plans", display_name="Plans", type="O")
    await put(local, f"/channels/{channel['id']}/patch", {"header": "new"})
    assert (await local.delete(f"/channels/{channel['id']}")).status == 200
    posts = (await local.get(f"/channels/{channel['id']}/posts")).json()
    bot = (await local.get("/users/username/system-bot")).json()
    told = [p for p in posts["posts"].values() if p["type"] in ("system_channel_deleted", "system_header_change")]
    assert {p["user_id"] for p in told} == {bot["id"]}
    assert len(told) == 2


async def test_integrations_need_an_owner(local, admin):
    team = await made(admin, "/teams", name="crew", display_name="Crew", type="O")
    channel = await made(admin, "/channels", team_id=team["id"], name="plans", display_name="Plans", type="O")
    owner = admin.user["id"]
    incoming = {"channel_id": channel["id"], "display_name": "in"}
    assert (await local.post("/hooks/incoming", incoming)).error == "api.context.invalid_body_param.app_error"
    hook = await made(local, "/hooks/incoming", **incoming, user_id=owner)
    assert hook["user_id"] == owner
    outgoing = {"team_id": team["id"], "display_name": "out", "trigger_words": ["x"]}
    outgoing["callback_urls"] = ["http://example.com"]
    assert (await local.post("/hooks/outgoing", outgoing)).status == 400
    assert (await made(local, "/hooks/outgoing", **outgoing, creator_id=owner))["creator_id"] == owner
    command = {"team_id": team["id"], "trigger": "do", "url": "http://example.com", "method": "P"}
    assert (await local.post("/commands", command)).status == 400
    assert (await made(local, "/commands", **command, creator_id=owner))["creator_id"] == owner
    assert len((await local.get("/hooks/incoming")).json()) == 1
    assert (await local.delete(f"/hooks/incoming/{hook['id']}")).status == 200


async def test_bots_tokens_and_roles(local, app, admin):
    await app.config_store.patch(
        {"ServiceSettings": {"EnableUserAccessTokens": True, "EnableBotAccountCreation": True}}
    )
    bot = await made(local, "/bots", username="robot", display_name="Robot")
    token = await made(local, f"/users/{bot['user_id']}/tokens", description="for tests")
    assert len((await local.get(f"/users/{bot['user_id']}/tokens")).json()) == 1
    await made(local, "/users/tokens/revoke", token_id=token["id"])
    await made(local, f"/bots/{bot['user_id']}/assign/{admin.user['id']}")
    assert (await local.get(f"/bots/{bot['user_id']}")).json()["owner_id"] == admin.user["id"]
    await made(local, f"/bots/{bot['user_id']}/disable")
    role = (await local.get("/roles/name/system_user")).json()
    wanted = [p for p in role["permissions"] if p != "create_team"]
    assert "create_team" not in (await put(local, f"/roles/{role['id']}/patch", {"permissions": wanted}))["permissions"]
    member = await admin.sign_up("ann")
    assert (await member.post("/teams", {"name": "x-y", "display_name": "x", "type": "O"})).status == 403


async def test_configuration_logs_and_the_server_s_state(local, app):
    config = (await local.get("/config")).json()
    assert config["SqlSettings"]["AtRestEncryptKey"].strip("*") == ""
    saved = await put(local, "/config/patch", {"TeamSettings": {"SiteName": "Ours"}})
    assert saved["TeamSettings"]["SiteName"] == "Ours"
    config["TeamSettings"]["SiteName"] = "Theirs"
    assert (await put(local, "/config", config))["TeamSettings"]["SiteName"] == "Theirs"
    await made(local, "/config/reload")
    assert (await local.get("/logs?page=0&logs_per_page=10")).status == 200
    assert (await local.get("/system/ping?get_server_status=true")).json()["status"] == "OK"
    await made(local, "/server_busy?seconds=30")
    assert (await local.get("/server_busy")).json()["busy"]
    assert (await local.delete("/server_busy")).status == 200
    assert (await local.get("/license/client?format=old")).json()["IsLicensed"] == "false"
    assert (await local.get("/audits")).status == 200


async def test_unrestricted_whatever_the_roles_say(local, app, admin):
    await app.db.execute("update roles set permissions = '' where name = 'system_admin'")
    app.caches.clear()
    assert (await admin.get("/config")).status == 403
    assert (await local.get("/config")).status == 200


async def test_nobody_is_signed_in(local, admin):
    assert (await local.get("/users/me")).status == 400
    for path in ("/posts", "/users/login", "/users/logout", "/drafts"):
        assert (await local.post(path, {})).status == 404
    assert (await local.get("/websocket")).status == 404
    assert (await local.get("//some/page")).status == 404


async def test_the_integrity_of_the_data(local, app, admin):
    await made(admin, "/teams", name="crew", display_name="Crew", type="O")
    results = (await local.post("/integrity")).json()
    assert [r for r in results if r["err"] is not None] == []
    orphan = "a" * 26
    await app.db.execute("update channels set teamid = $1 where name = 'off-topic'", orphan)
    results = (await local.post("/integrity")).json()
    found = [r["data"] for r in results if r["data"]["records"]]
    assert [(d["parent_name"], d["child_name"], d["records"][0]["parent_id"]) for d in found] == [
        ("Teams", "Channels", orphan)
    ]


async def test_all_accounts_are_deleted(local, app, admin):
    await admin.sign_up("ann")
    await made(admin, "/teams", name="crew", display_name="Crew", type="O")
    assert (await local.delete("/users")).status == 200
    assert await app.db.fetchval("select count(*) from users") == 0
    assert await app.db.fetchval("select count(*) from posts") == 0


async def test_over_the_network_there_is_no_local_caller(app, admin, nobody):
    """Neither the routes nor the caller of the local socket are there, whatever a request says of itself."""
    for path in ("/users", "/integrity"):
        method = "DELETE" if path == "/users" else "POST"
        assert (await admin.call(method, path)).status == 404
    headers = {"x-forwarded-for": "", "host": "localhost", "authorization": "Bearer "}
    assert (await nobody.get("/config", headers=headers)).status == 401
    for token in ("", "local", "a" * 26):
        assert (await Client(admin.dispatcher, token).get("/config")).status == 401


@pytest.mark.parametrize("workers", ["1", "2"])
async def test_the_socket_of_a_running_server(workers, tmp_path):
    path = tmp_path / "local.socket"
    settings = {
        "MM_SERVICESETTINGS_ENABLELOCALMODE": "true",
        "MM_SERVICESETTINGS_LOCALMODESOCKETLOCATION": str(path),
    }

    def talk():
        with running_server("--workers", workers, **settings) as server:
            transport = httpx2.HTTPTransport(uds=str(path))
            with httpx2.Client(transport=transport, base_url="http://local") as tool:
                body = {"email": "a@example.com", "username": "ann", "password": PASSWORD}
                assert tool.post("/api/v4/users", json=body).status_code == 201
                assert [u["username"] for u in tool.get("/api/v4/users").json()] == ["ann"]
            assert httpx2.get(server.url + "/api/v4/users").status_code == 401
            assert path.stat().st_mode & 0o777 == 0o600
        assert not path.exists()

    await trio.to_thread.run_sync(talk)


async def test_jobs_exports_and_the_upload_of_an_import(local, app):
    job = await made(local, "/jobs", type="export_process", data={})
    assert job["type"] == "export_process"
    assert [j["id"] for j in (await local.get("/jobs/type/export_process")).json()] == [job["id"]]
    assert (await local.get(f"/jobs/{job['id']}")).json()["id"] == job["id"]
    assert (await local.get("/exports")).json() == []
    session = await made(local, "/uploads", type="import", filename="import.zip", file_size=4)
    assert session["user_id"] == ""
    assert (await local.post(f"/uploads/{session['id']}", data=b"PK00")).status in (200, 201)


async def test_a_support_packet_holds_settings_and_the_log_but_no_secrets(local, app, admin):
    await app.config_store.patch({"EmailSettings": {"SMTPPassword": "hunter2222"}})
    assert (await admin.get("/system/support_packet")).error == "api.no_license"
    answer = await local.get("/system/support_packet")
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.body)) as packet:
        parts = {name: packet.read(name).decode() for name in packet.namelist()}
    assert sorted(parts) == ["config.json", "diagnostics.json", "mattermost.log", "metrics.txt"]
    assert json.loads(parts["diagnostics.json"])["figures"]["unique_user_count"] == 1
    assert "mattermost_http_requests_total" in parts["metrics.txt"]
    assert json.loads(parts["config.json"])["EmailSettings"]["SMTPPassword"].strip("*") == ""
    assert "hunter2222" not in "".join(parts.values())
    bare = await local.get("/system/support_packet?basic_server_logs=false")
    with zipfile.ZipFile(io.BytesIO(bare.body)) as packet:
        assert "mattermost.log" not in packet.namelist()
