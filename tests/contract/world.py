"""One of everything, for tests that go through all operations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from mmfast.api.context import App
from mmfast.platform.config.model import Config
from tests.client import Client

KEPT = ("users", "sessions", "roles", "teams", "teammembers", "channels", "channelmembers", "posts", "threads")


@dataclass
class World:
    """An installation with a few people and things, and who is who."""

    admin: Client
    member: Client
    stranger: Client
    """Signed in, but in no team."""
    nobody: Client
    app: App
    config: Config
    known: dict[str, list[str]] = field(default_factory=dict)
    """Ids and names by kind, as path parameters call them."""

    def first(self, kind: str) -> str:
        return self.known[kind][0]

    async def keep(self) -> None:
        """Notes how things are, for `restore`."""
        for table in KEPT:
            await self.app.db.execute(f"create table kept_{table} as table {table}")

    async def restore(self) -> None:
        """Brings accounts, sessions, the things and the configuration back, whatever a caller has done to them."""
        async with self.app.db.transaction() as tx:
            for table in KEPT:
                await tx.execute(f"delete from {table}")
                await tx.execute(f"insert into {table} table kept_{table}")
        await self.app.config_store.update(self.config)
        self.app.caches.clear()


async def _made(client: Client, path: str, **body: Any) -> dict[str, Any]:
    answer = await client.post(path, body)
    assert answer.status == 201, (path, answer.body)
    return answer.json()


SWITCHED_ON = {
    "ServiceSettings": {
        "EnableBotAccountCreation": True,
        "EnableUserAccessTokens": True,
        "EnableAPIUserDeletion": True,
        "EnableAPITeamDeletion": True,
        "EnableAPIChannelDeletion": True,
        "EnableAPIPostDeletion": True,
        "EnableOAuthServiceProvider": True,
        "EnableIncomingWebhooks": True,
        "EnableOutgoingWebhooks": True,
        "EnableCommands": True,
    },
    "GuestAccountsSettings": {"Enable": True},
    "FileSettings": {"EnablePublicLink": True},
    "TeamSettings": {"EnableOpenServer": True},
}
"""What is off unless the administrator wants it: off, it would hide what is behind it."""


async def build_world(app: App, nobody: Client, admin: Client) -> World:
    """The world, made through the API."""
    await app.config_store.patch(SWITCHED_ON)
    member, stranger = await admin.sign_up("member"), await admin.sign_up("stranger")
    team = await _made(admin, "/teams", name="team-one", display_name="One", type="O")
    await _made(admin, f"/teams/{team['id']}/members", team_id=team["id"], user_id=member.user["id"])
    public = await _made(member, "/channels", team_id=team["id"], name="public", display_name="P", type="O")
    private = await _made(admin, "/channels", team_id=team["id"], name="private", display_name="S", type="P")
    direct = (await member.post("/channels/direct", [member.user["id"], admin.user["id"]])).json()
    post = await _made(member, "/posts", channel_id=public["id"], message="hello there")
    reply = await _made(admin, "/posts", channel_id=public["id"], message="a reply", root_id=post["id"])
    hidden = await _made(admin, "/posts", channel_id=private["id"], message="not for all")
    reaction = {"user_id": member.user["id"], "post_id": post["id"], "emoji_name": "smile"}
    assert (await member.post("/reactions", reaction)).status == 200
    uploaded = await member.post(f"/files?channel_id={public['id']}&filename=a.txt", data=b"some text")
    assert uploaded.status == 201, uploaded.body
    file_id = uploaded.json()["file_infos"][0]["id"]
    await _made(member, "/posts", channel_id=public["id"], message="a file", file_ids=[file_id])
    bot = await _made(admin, "/bots", username="robot", display_name="R")
    roles = (await admin.get("/roles")).json()
    sessions = (await member.get(f"/users/{member.user['id']}/sessions")).json()
    known = {
        "user": [member.user["id"], admin.user["id"], stranger.user["id"], "me"],
        "username": ["member", "sysadmin", "stranger"],
        "email": ["member@example.com"],
        "bot_user": [bot["user_id"]],
        "team": [team["id"]],
        "team_name": ["team-one"],
        "channel": [public["id"], private["id"], direct["id"]],
        "channel_name": ["public", "private"],
        "post": [post["id"], reply["id"], hidden["id"]],
        "thread": [post["id"]],
        "file": [file_id],
        "emoji_name": ["smile", "heart"],
        "role": [role["id"] for role in roles[:5]],
        "role_name": ["system_user", "team_admin"],
        "session": [sessions[0]["id"]],
        "category": ["display_settings", "favorite_channel"],
        "preference_name": ["name", "channel"],
    }
    world = World(admin, member, stranger, nobody, app, app.config, known)
    await world.keep()
    return world
