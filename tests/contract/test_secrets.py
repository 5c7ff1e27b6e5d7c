"""What must stay inside stays inside: no answer, event or log of a busy session holds a secret of somebody."""

import json
import logging

import pytest
import trio.testing

from mmfast.api.router import load_operations
from mmfast.realtime.event import Announcement
from tests.client import PASSWORD, Client
from tests.contract.test_guards import address
from tests.contract.world import World, build_world


@pytest.fixture
async def world(app, nobody: Client, admin: Client) -> World:
    return await build_world(app, nobody, admin)


@pytest.fixture
def announced(app, monkeypatch):
    """Everything that is announced, as clients would read it."""
    record, publish = [], app.publish

    def listen(item):
        if isinstance(item, Announcement):
            record.append(repr(item.event))
        publish(item)

    monkeypatch.setattr(app, "publish", listen)
    return record


class Secrets:
    """What nobody may see, by whose it is."""

    def __init__(self):
        self.by_text = {}

    async def collect(self, app):
        for row in await app.db.fetch("select id, username, password, mfasecret from users"):
            for kind, text in (("password hash", row[2]), ("second factor", row[3])):
                if text:
                    self.by_text[text] = f"{kind} of {row[1]}"
                    if text.count("$") == 4:
                        salt, key = text.split("$")[3:]
                        self.by_text |= {salt: f"salt of {row[1]}", key: f"password key of {row[1]}"}
        for row in await app.db.fetch("select token, userid from sessions"):
            self.by_text[row[0]] = "a session's token"
        for row in await app.db.fetch("select token from tokens"):
            self.by_text[row[0]] = "a one-time token"
        for row in await app.db.fetch("select token from useraccesstokens"):
            self.by_text[row[0]] = "a personal access token"
        for section, field in (("FileSettings", "PublicLinkSalt"), ("SqlSettings", "AtRestEncryptKey")):
            self.by_text[getattr(getattr(app.config, section), field)] = field
        self.by_text[app.config.SqlSettings.DataSource or "no data source"] = "the database's address"
        self.by_text[PASSWORD] = "a password"

    def found_in(self, text):
        return {what for secret, what in self.by_text.items() if secret and secret in text}


async def a_days_work(world):
    """What people do, above all with their accounts."""
    member, admin = world.member, world.admin
    own = f"/users/{member.user['id']}"
    await member.put("/users/me/patch", {"nickname": "nick"})
    await member.post(f"{own}/mfa/generate")
    await admin.put(f"{own}/patch", {"position": "clerk"})
    await admin.put(f"{own}/roles", {"roles": "system_user system_user_access_token"})
    await member.post(f"{own}/tokens", {"description": "mine"})
    await world.nobody.post("/users/login", {"login_id": "member", "password": "not it"})
    await world.nobody.post("/users/password/reset/send", {"email": "member@example.com"})
    await world.nobody.post("/users/password/reset", {"token": "x" * 64, "new_password": PASSWORD})
    await admin.put(f"/users/{world.stranger.user['id']}/password", {"new_password": PASSWORD + "4"})
    await member.post("/users/search", {"term": "sys"})
    await member.post("/users/ids", [admin.user["id"]])
    await admin.put(f"/users/{world.stranger.user['id']}/active", {"active": False})
    await admin.put("/config/patch", {"TeamSettings": {"SiteName": "Other"}})
    await member.post("/posts", {"channel_id": world.first("channel"), "message": "@sysadmin look"})


async def read_everything(world, client):
    """Texts of the answers of every operation that only reads, for things that are there."""
    texts = []
    for operation in load_operations().values():
        if operation.method != "GET" or operation.path.endswith("/websocket"):
            continue
        path = operation.path
        for name in operation.parameters:
            kind = name if name in world.known else name.removesuffix("_id")
            path = path.replace("{" + name + "}", world.known[kind][0] if kind in world.known else "{" + name + "}")
        if "{" in path:
            path = "/api/v4" + address(operation) if not address(operation).startswith("//") else address(operation)[1:]
        answer = await client.get(path.removeprefix("/api/v4") if path.startswith("/api/v4/") else "/" + path)
        texts.append((operation.name, answer.body.decode("utf-8", "replace") + json.dumps(answer.pairs)))
    return texts


async def test_nothing_secret_is_told(server, world, announced, caplog):
    caplog.set_level(logging.DEBUG)
    app, _ = server
    await app.config_store.patch({"ServiceSettings": {"EnableMultifactorAuthentication": True}})
    await a_days_work(world)
    await trio.testing.wait_all_tasks_blocked(0.01)
    secrets = Secrets()
    await secrets.collect(app)
    assert len(secrets.by_text) > 10
    told = []
    for who in ("member", "admin", "nobody"):
        for name, text in await read_everything(world, getattr(world, who)):
            told += [f"{name} tells {who}: {what}" for what in secrets.found_in(text)]
    told += [f"an event tells {what}: {text[:80]}" for text in announced for what in secrets.found_in(text)]
    told += [f"the log tells {what}" for what in secrets.found_in(caplog.text)]
    assert not told, "\n".join(told)
