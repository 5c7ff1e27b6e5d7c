"""Who may do what: every operation turns away who has no session, and a table of routes says who else is let in."""

from dataclasses import dataclass

import pytest

from mmfast.api.guards import PUBLIC, SIGNED_IN
from mmfast.api.operation import Auth
from mmfast.api.router import load_operations
from tests.client import Client
from tests.contract.open_operations import OPEN_TO_EVERY_SESSION, PUBLIC_OPERATIONS
from tests.contract.world import SWITCHED_ON

NOT_FOUND = "api.context.404.app_error"
NO_SESSION = "api.context.session_expired.app_error"


def test_operations_that_ask_for_little_are_named():
    declared = load_operations().values()
    assert sorted(o.name for o in declared if o.guard is PUBLIC) == sorted(PUBLIC_OPERATIONS)
    writes = [o.name for o in declared if o.guard is SIGNED_IN and o.method != "GET"]
    assert sorted(writes) == sorted(OPEN_TO_EVERY_SESSION)


def test_public_operations_need_no_session():
    declared = load_operations()
    assert [name for name in PUBLIC_OPERATIONS if declared[name].auth is not Auth.OPTIONAL] == []


VALUES = {
    "team_name": "team",
    "channel_name": "channel",
    "emoji_name": "smile",
    "role_name": "system_user",
    "export_name": "a.zip",
    "import_name": "a.zip",
    "syncable_type": "teams",
    "email": "a@example.com",
    "timestamp": "1",
    "category": "direct_channel_show",
    "preference_name": "some_name",
}


def address(operation):
    """An address that reaches the operation, whose things need not be there."""
    path = operation.path
    for name in operation.parameters:
        path = path.replace("{" + name + "}", VALUES.get(name, "a" * 26))
    return path.removeprefix("/api/v4") if path.startswith("/api/v4/") else "/" + path


@pytest.fixture
async def without_session(app, admin) -> dict[str, Client]:
    """Callers whose session is none, or is one no longer."""
    callers = {"anonymous": Client(admin.dispatcher), "made up": Client(admin.dispatcher, "a" * 26)}
    for name in ("revoked", "expired", "deactivated"):
        callers[name] = await admin.sign_up(name)
        assert (await callers[name].get("/users/me")).status == 200
    assert (await callers["revoked"].post("/users/logout")).status == 200
    expired, leaver = callers["expired"].user["id"], callers["deactivated"].user["id"]
    await app.db.execute("update sessions set expiresat = 1 where userid = $1", expired)
    app.caches.clear()
    assert (await admin.put(f"/users/{leaver}/active", {"active": False})).status == 200
    return callers


@pytest.mark.parametrize("who", ["anonymous", "made up", "revoked", "expired", "deactivated"])
async def test_without_a_session_nothing_that_needs_one_is_done(server, without_session, who):
    wrong = []
    for operation in load_operations().values():
        if operation.auth is not Auth.OPTIONAL:
            answer = await without_session[who].call(operation.method, address(operation), data=b"{}")
            if operation.method == "HEAD":
                wrong += [operation.name] if answer.status != 401 else []
            elif (answer.status, answer.error) != (401, NO_SESSION):
                wrong.append(f"{operation.name}: {answer.status} {answer.error}")
    assert not wrong, "\n".join(wrong)


CALLERS = ("guest", "member", "bot", "outsider", "stranger", "channel_admin", "team_admin", "system_admin")
"""Guest, member, bot and the administrators of the channel and of the team are in the channels; the outsider is in the
team only, the stranger in another team."""

IN_CHANNEL = {"guest", "member", "bot", "channel_admin", "team_admin", "system_admin"}
TEAM = IN_CHANNEL | {"outsider"}
EVERYBODY = set(CALLERS)
SYSTEM = {"system_admin"}
USERS = EVERYBODY - {"guest"}

ALLOWED = (
    ("GET /users/{member}", EVERYBODY),
    ("GET /users/{member}/sessions", {"member"} | SYSTEM),
    ("GET /users/{member}/audits", {"member"} | SYSTEM),
    ("GET /users/{member}/preferences", {"member"} | SYSTEM),
    ("GET /users/{member}/tokens", SYSTEM),
    ("PUT /users/{member}/patch", {"member"} | SYSTEM, {"nickname": "nick"}),
    ("PUT /users/{member}/roles", SYSTEM, {"roles": "system_user"}),
    ("PUT /users/{stranger}/active", SYSTEM, {"active": True}),
    ("GET /teams/{team}", TEAM | SYSTEM),
    ("GET /teams/{team}/members", TEAM | SYSTEM),
    ("GET /teams/{team}/stats", TEAM | SYSTEM),
    ("PUT /teams/{team}/patch", {"team_admin"} | SYSTEM, {"description": "what for"}),
    ("PUT /teams/{team}/members/{member}/roles", {"team_admin"} | SYSTEM, {"roles": "team_user"}),
    ("POST /teams/{team}/regenerate_invite_id", {"team_admin"} | SYSTEM),
    ("GET /channels/{public}", TEAM | SYSTEM),
    ("GET /channels/{public}/posts", TEAM | SYSTEM),
    ("GET /channels/{private}", IN_CHANNEL),
    ("GET /channels/{private}/members", IN_CHANNEL),
    ("GET /channels/{private}/posts", IN_CHANNEL),
    ("GET /channels/{private}/stats", IN_CHANNEL),
    ("GET /channels/{direct}/posts", {"member"} | SYSTEM),
    ("POST /posts", IN_CHANNEL, {"channel_id": "{private}", "message": "hello"}),
    ("POST /posts", {"member"} | SYSTEM, {"channel_id": "{direct}", "message": "hello"}),
    ("PUT /channels/{private}/patch", IN_CHANNEL - {"guest"}, {"header": "what for"}),
    (
        "PUT /channels/{private}/members/{member}/roles",
        {"channel_admin", "team_admin"} | SYSTEM,
        {"roles": "channel_user"},
    ),
    ("POST /channels/{private}/members", IN_CHANNEL - {"guest"}, {"user_id": "{member}"}),
    ("PUT /channels/{private}/privacy", {"team_admin"} | SYSTEM, {"privacy": "P"}),
    ("GET /posts/{post}", IN_CHANNEL),
    ("GET /posts/{post}/thread", IN_CHANNEL),
    ("PUT /posts/{post}/patch", {"member"} | SYSTEM, {"message": "hello again"}),
    ("POST /posts/{post}/pin", IN_CHANNEL),
    ("GET /posts/{post}/reactions", IN_CHANNEL),
    ("POST /reactions", IN_CHANNEL, {"user_id": "{me}", "post_id": "{post}", "emoji_name": "smile"}),
    ("GET /files/{file}", IN_CHANNEL),
    ("GET /files/{file}/info", IN_CHANNEL),
    ("POST /channels", TEAM - {"guest"}, {"team_id": "{team}", "name": "by-{who}", "display_name": "x", "type": "O"}),
    ("POST /teams", USERS, {"name": "by-{who}", "display_name": "x", "type": "O"}),
    ("POST /bots", SYSTEM, {"username": "by-{who}", "display_name": "x"}),
    ("GET /config", SYSTEM),
    ("PUT /config/patch", SYSTEM, {}),
    ("GET /audits", SYSTEM),
    ("GET /logs", SYSTEM),
    ("POST /caches/invalidate", SYSTEM),
    ("PUT /roles/{role}/patch", SYSTEM, {}),
    ("GET /analytics/old", SYSTEM),
)
"""Route, who is let in, and the body."""


@dataclass
class House:
    """The things that the table names, and its callers."""

    callers: dict[str, Client]
    things: dict[str, str]

    def fill(self, text: str, who: str) -> str:
        for name, value in {**self.things, "me": self.callers[who].user["id"], "who": who.replace("_", "-")}.items():
            text = text.replace("{" + name + "}", value)
        return text


async def made(client, path, **body):
    answer = await client.post(path, body)
    assert answer.status in (200, 201), (path, answer.body)
    return answer.json()


async def make_guest(app, client):
    """A guest as in a database that had a licence: without one, nobody can be made a guest."""
    await app.db.execute("update users set roles = 'system_guest' where id = $1", client.user["id"])
    await app.db.execute("update sessions set roles = 'system_guest' where userid = $1", client.user["id"])
    for table in ("teammembers", "channelmembers"):
        sql = f"update {table} set schemeguest = true, schemeuser = false where userid = $1"
        await app.db.execute(sql, client.user["id"])
    app.caches.clear()


@pytest.fixture
async def house(app, admin) -> House:
    await app.config_store.patch(SWITCHED_ON)
    await app.config_store.patch({"TeamSettings": {"EnableUserDeactivation": True}})
    callers = {"system_admin": admin}
    for name in ("guest", "member", "outsider", "stranger", "channel_admin", "team_admin"):
        callers[name] = await admin.sign_up(name)
    robot = await made(admin, "/bots", username="robot", display_name="Robot")
    token = await made(admin, f"/users/{robot['user_id']}/tokens", description="for tests")
    callers["bot"] = Client(admin.dispatcher, token["token"])
    callers["bot"].user = (await callers["bot"].get("/users/me")).json()
    ids = {name: client.user["id"] for name, client in callers.items()}
    team = await made(admin, "/teams", name="house", display_name="House", type="I")
    await made(callers["stranger"], "/teams", name="elsewhere", display_name="Elsewhere", type="O")
    for name in TEAM - {"system_admin"}:
        await made(admin, f"/teams/{team['id']}/members", team_id=team["id"], user_id=ids[name])
    things = {"team": team["id"]}
    for name, kind in (("public", "O"), ("private", "P")):
        channel = await made(admin, "/channels", team_id=team["id"], name=name, display_name=name, type=kind)
        for who in IN_CHANNEL - {"system_admin"}:
            await made(admin, f"/channels/{channel['id']}/members", user_id=ids[who])
        admins = f"/channels/{channel['id']}/members/{ids['channel_admin']}/roles"
        assert (await admin.put(admins, {"roles": "channel_user channel_admin"})).status == 200
        things[name] = channel["id"]
    admins = f"/teams/{team['id']}/members/{ids['team_admin']}/roles"
    assert (await admin.put(admins, {"roles": "team_user team_admin"})).status == 200
    direct = await callers["member"].post("/channels/direct", [ids["member"], ids["system_admin"]])
    uploaded = await callers["member"].post(f"/files?channel_id={things['private']}&filename=a.txt", data=b"text")
    file_id = uploaded.json()["file_infos"][0]["id"]
    post = await made(callers["member"], "/posts", channel_id=things["private"], message="hello", file_ids=[file_id])
    await make_guest(app, callers["guest"])
    role = (await admin.get("/roles/name/channel_user")).json()
    things |= {"direct": direct.json()["id"], "file": file_id, "post": post["id"], "role": role["id"]}
    return House(callers, {**things, "member": ids["member"], "stranger": ids["stranger"]})


async def test_the_table_of_permissions(house):
    wrong = []
    for route, allowed, *body in ALLOWED:
        method, _, path = route.partition(" ")
        for who in CALLERS:
            sent = {k: house.fill(v, who) if isinstance(v, str) else v for k, v in body[0].items()} if body else None
            answer = await house.callers[who].call(method, house.fill(path, who), sent)
            if (answer.status < 300) != (who in allowed) or (answer.status >= 300 and answer.status not in (403, 404)):
                wrong.append(f"{route} by {who}: {answer.status} {answer.error}")
    assert not wrong, "\n".join(wrong)
