"""Imports from Slack: who may, what is refused, what comes of people, channels, messages, threads and files."""

import base64
import io
import json
import zipfile

import pytest

BOUNDARY = "limit"

ANN = {"id": "U1", "name": "ann", "profile": {"email": "ann@slack.example", "real_name": "Ann Archer", "title": "Boss"}}
BEN = {"id": "U2", "name": "Ben B", "deleted": True, "profile": {"display_name": "benny"}}
ROBOT = {"id": "U3", "name": "robot", "is_bot": True}


def export(**parts) -> bytes:
    """An export; `days` are messages by path, `files` the rest."""
    out = io.BytesIO()
    contents = {
        "users.json": [ANN, BEN, ROBOT],
        "channels.json": [
            {"id": "C1", "name": "plans", "members": ["U1", "U2", "U3"], "topic": {"value": "what next"}},
            {"id": "C2", "name": "old", "members": [], "is_archived": True, "purpose": {"value": "gone"}},
        ],
        "groups.json": [{"id": "G1", "name": "secret", "members": ["U1"]}],
        "dms.json": [{"id": "D1", "members": ["U1", "U2"]}],
        **parts.get("lists", {}),
    }
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in {**contents, **parts.get("days", {})}.items():
            archive.writestr(name, json.dumps(content))
        for name, data in parts.get("files", {}).items():
            archive.writestr(name, data)
    return out.getvalue()


def form(data: bytes | None, **fields: str) -> tuple[bytes, dict[str, str]]:
    """A form with a file and fields."""
    parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()]
    body = "".join(parts).encode()
    if data is not None:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="slack.zip"\r\n\r\n'
        body += head.encode() + data + b"\r\n"
    return body + f"--{BOUNDARY}--\r\n".encode(), {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}


async def send(client, team, data, **fields):
    body, headers = form(data, **({"importFrom": "slack", "filesize": "1"} | fields))
    return await client.call("POST", f"/teams/{team['id']}/import", data=body, headers=headers)


@pytest.fixture
async def team(admin):
    return (await admin.post("/teams", {"name": "crew", "display_name": "Crew", "type": "O"})).json()


async def posts_of(admin, team, channel):
    """The posts of a channel, the oldest first."""
    found = (await admin.get(f"/teams/{team['id']}/channels/name/{channel}?include_deleted=true")).json()
    page = (await admin.get(f"/channels/{found['id']}/posts")).json()
    return sorted(page["posts"].values(), key=lambda post: (post["create_at"], post["id"]))


def said(posts):
    return [post["message"] for post in posts if not post["type"].startswith("system_")]


async def test_people_keep_their_messages_threads_reactions_and_files(admin, team):
    days = {
        "plans/2020-01-02.json": [
            {"type": "message", "user": "U2", "text": "late", "ts": "1577923300.000100",
             "thread_ts": "1577836800.000100"}
        ],
        "plans/2020-01-01.json": [
            {"type": "message", "user": "U1", "text": "*first* <@U2>", "ts": "1577836800.000100",
             "thread_ts": "1577836800.000100",
             "reactions": [{"name": "thumbsup::skin-tone-2", "users": ["U2"]}]},
            {"type": "message", "user": "U1", "text": "same moment", "ts": "1577836800.000200",
             "files": [{"id": "F1", "name": "a.txt"}, {"id": "F2", "name": "b.txt", "url_private": "https://x.example/b"}]},
            {"type": "message", "subtype": "bot_message", "username": "CI", "text": "built", "ts": "1577836801.0"},
            {"type": "message", "subtype": "tombstone", "text": "deleted", "ts": "1577836802.0"},
        ],
        "D1/2020-01-01.json": [{"type": "message", "user": "U2", "text": "psst", "ts": "1577836900.000100"}],
    }  # fmt: skip
    answer = await send(admin, team, export(days=days, files={"__uploads/F1/a.txt": b"kept"}))
    assert answer.status == 200
    report = base64.b64decode(answer.json()["results"]).decode()
    assert "People: 2" in report
    assert "Left out: 1 messages of the kind tombstone." in report
    assert "1 files are not in the export" in report
    posts = await posts_of(admin, team, "plans")
    first, same, built, late = [post for post in posts if not post["type"].startswith("system_")]
    assert first["message"] == "**first** @ben_b"
    assert first["create_at"] == 1577836800000
    assert [r["emoji_name"] for r in first["metadata"]["reactions"]] == ["thumbsup"]
    assert same["create_at"] == 1577836800001
    assert same["message"] == "same moment\n[b.txt](https://x.example/b)"
    assert [file["name"] for file in same["metadata"]["files"]] == ["a.txt"]
    assert built["props"]["override_username"] == "CI"
    assert late["root_id"] == first["id"]
    ann = (await admin.get("/users/username/ann")).json()
    assert (ann["first_name"], ann["last_name"], ann["position"]) == ("Ann", "Archer", "Boss")
    ben = (await admin.get("/users/username/ben_b")).json()
    assert ben["delete_at"] > 0
    old = (await admin.get(f"/teams/{team['id']}/channels/name/old?include_deleted=true")).json()
    assert old["delete_at"] > 0
    assert old["purpose"] == "gone"


async def test_the_same_export_again_doubles_nothing(admin, team):
    days = {"plans/2020-01-01.json": [{"type": "message", "user": "U1", "text": "once", "ts": "1577836800.000100"}]}
    for _ in range(2):
        assert (await send(admin, team, export(days=days))).status == 200
    assert said(await posts_of(admin, team, "plans")) == ["once"]


async def test_accounts_are_known_by_address_and_keep_their_names(admin, team):
    ann = await admin.sign_up("archer")
    await admin.put(f"/users/{ann.user['id']}/patch", {"email": "ann@slack.example", "first_name": "Own"})
    other = await admin.sign_up("ann")
    days = {"plans/2020-01-01.json": [{"type": "message", "user": "U1", "text": "hello", "ts": "1577836800.0"}]}
    assert (await send(admin, team, export(days=days))).status == 200
    (post,) = [p for p in await posts_of(admin, team, "plans") if p["message"] == "hello"]
    assert post["user_id"] == ann.user["id"]
    assert (await admin.get(f"/users/{ann.user['id']}")).json()["first_name"] == "Own"
    assert (await admin.get(f"/users/{other.user['id']}")).json()["username"] == "ann"


async def test_a_team_admin_opens_no_private_channel_by_an_import(admin, team):
    boss = await admin.sign_up("boss")
    await admin.post(f"/teams/{team['id']}/members", {"team_id": team["id"], "user_id": boss.user["id"]})
    path = f"/teams/{team['id']}/members/{boss.user['id']}/schemeRoles"
    await admin.put(path, {"scheme_user": True, "scheme_admin": True})
    made = {"team_id": team["id"], "name": "secret", "display_name": "Secret", "type": "P"}
    closed = (await admin.post("/channels", made)).json()
    groups = [{"id": "G1", "name": "secret", "members": ["U1"]}]
    users = [{"id": "U1", "name": "boss", "profile": {"email": boss.user["email"]}}]
    data = export(lists={"groups.json": groups, "users.json": users})
    assert (await send(boss, team, data)).status == 200
    assert (await boss.get(f"/channels/{closed['id']}")).status == 403
    assert (await boss.get(f"/teams/{team['id']}/channels/name/secret-2")).status == 200


async def test_what_is_broken_in_an_export_is_told_and_the_rest_taken(admin, team):
    days = {
        "plans/2020-01-01.json": [
            {"no": "time"},
            {"type": "message", "user": "U1", "text": "fine", "ts": "1577836800.0"},
        ]
    }
    answer = await send(admin, team, export(days=days, files={"plans/2020-01-02.json": b"{"}))
    report = base64.b64decode(answer.json()["results"]).decode()
    assert "Could not be read: plans/2020-01-01.json, item 1" in report
    assert "Could not be read: plans/2020-01-02.json" in report
    assert said(await posts_of(admin, team, "plans")) == ["fine"]


async def test_long_messages_become_several_posts(admin, team):
    text = "x" * 40_000
    days = {"plans/2020-01-01.json": [{"type": "message", "user": "U1", "text": text, "ts": "1577836800.0"}]}
    assert (await send(admin, team, export(days=days))).status == 200
    assert "".join(said(await posts_of(admin, team, "plans"))) == text


@pytest.mark.parametrize(
    ("data", "fields", "error"),
    [
        (b"PK", {"importFrom": ""}, "api.team.import_team.no_import_from.app_error"),
        (b"PK", {"filesize": ""}, "api.team.import_team.unavailable.app_error"),
        (b"PK", {"filesize": "many"}, "api.team.import_team.integer.app_error"),
        (None, {}, "api.team.import_team.no_file.app_error"),
        (b"PK", {"importFrom": "elsewhere"}, "api.team.import_team.unknown_import_from.app_error"),
        (b"PK", {}, "api.slackimport.slack_import.zip.app_error"),
    ],
)
async def test_refusals(admin, team, data, fields, error):
    answer = await send(admin, team, data, **fields)
    assert (answer.status, answer.error) == (400, error)


async def test_a_zip_that_is_no_export_changes_nothing(admin, team):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("channels.json", "[]")
    answer = await send(admin, team, out.getvalue())
    assert answer.error == "api.slackimport.slack_import.open.app_error"


async def test_only_those_with_the_permission_import(nobody, admin, team):
    user = await admin.sign_up("user")
    await admin.post(f"/teams/{team['id']}/members", {"team_id": team["id"], "user_id": user.user["id"]})
    assert (await send(user, team, b"PK")).status == 403
    assert (await send(nobody, team, b"PK")).status == 401
