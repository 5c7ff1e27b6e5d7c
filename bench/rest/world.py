"""The installation that the bench works on: a team, a thousand and more members, channels of several sizes, posts.

Made through the API where a session is needed, and in bulk by SQL for the crowd.
"""

import http.client
import json
from dataclasses import dataclass, field
from typing import Any

from mmfast.core.clock import now_ms
from mmfast.core.ids import new_id
from mmfast.db.pool import Database

PAGE = 60
"""Posts in a page, as clients ask for them."""


@dataclass
class World:
    """Where the server is, who asks, and the ids that requests name."""

    host: str
    port: int
    token: str = ""
    user_id: str = ""
    team_id: str = ""
    channels: dict[int, str] = field(default_factory=dict)
    """Channel ids by number of members."""
    members: list[str] = field(default_factory=list)
    quiet_id: str = ""
    """A channel of 1,000 members with a page of posts, in which nothing happens."""
    post_ids: list[str] = field(default_factory=list)
    """Some posts of the smallest channel."""
    webhook_id: str = ""
    """An incoming webhook of the smallest channel."""
    file_id: str = ""
    """A file that waits for its post."""
    receiver_port: int = 0
    """Where what integrations are told is taken."""
    asking_id: str = ""
    """A post with a button."""
    oauth_app: dict[str, Any] = field(default_factory=dict)

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """One request of the set-up; raises on an error status."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = "Bearer " + self.token
        connection.request(method, _target(path), None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        text = answer.read()
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status} {text[:300]!r}")
        self.token = answer.getheader("Token") or self.token
        connection.close()
        return json.loads(text)

    def fill(self, path: str) -> str:
        """The path with the ids that it names."""
        return path.format(team=self.team_id, quiet=self.quiet_id, post=self.post_ids[0], file=self.file_id)

    def handshake(self) -> str:
        """The request that opens a WebSocket."""
        fields = (
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        )
        return self.request("GET", "/websocket").replace("\r\n", "\r\n" + "".join(f + "\r\n" for f in fields), 1)

    def request(self, method: str, path: str, body: Any = None, content_type: str = "application/json") -> str:
        """The bytes of a request, as text, for the load generator; a text as body is sent as it is."""
        data = "" if body is None else body if isinstance(body, str) else json.dumps(body)
        lines = [
            f"{method} {_target(path)} HTTP/1.1",
            f"Host: {self.host}:{self.port}",
            "Accept: */*",
            "User-Agent: mmfast-bench",
            f"Authorization: Bearer {self.token}",
        ]
        if body is not None:
            lines += [f"Content-Type: {content_type}", f"Content-Length: {len(data.encode())}"]
        return "\r\n".join(lines) + "\r\n\r\n" + data


def _target(path: str) -> str:
    """A path beginning with "//" is not below /api/v4."""
    return path[1:] if path.startswith("//") else "/api/v4" + path


def upload(world: World) -> str:
    """Uploads a small file into the smallest channel; gives its id."""
    connection = http.client.HTTPConnection(world.host, world.port, timeout=60)
    headers = {"Authorization": "Bearer " + world.token, "Content-Type": "text/plain"}
    path = f"/api/v4/files?channel_id={world.channels[10]}&filename=notes.txt"
    connection.request("POST", path, b"a small file", headers)
    answer = json.loads(connection.getresponse().read())
    connection.close()
    return answer["file_infos"][0]["id"]


def sign_up(world: World) -> None:
    """The administrator, a team, and the channels."""
    account = {"email": "bench@example.com", "username": "bench", "password": "Passwd-123456"}
    world.user_id = world.call("POST", "/users", account)["id"]
    world.call("POST", "/users/login", {"login_id": "bench", "password": "Passwd-123456"})
    world.team_id = world.call("POST", "/teams", {"name": "bench", "display_name": "Bench", "type": "O"})["id"]
    for size in (10, 1000, 5000):
        channel = {"team_id": world.team_id, "name": f"of-{size}", "display_name": f"Of {size}", "type": "O"}
        world.channels[size] = world.call("POST", "/channels", channel)["id"]
    quiet = {"team_id": world.team_id, "name": "quiet", "display_name": "Quiet", "type": "O"}
    world.quiet_id = world.call("POST", "/channels", quiet)["id"]
    for number in range(PAGE):
        text = f"post {number}: " + "words of a common length " * 4
        world.call("POST", "/posts", {"channel_id": world.quiet_id, "message": text})
    for text in ("a thread", "a post to react to"):
        post = world.call("POST", "/posts", {"channel_id": world.channels[10], "message": text})
        world.post_ids.append(post["id"])
    world.file_id = upload(world)


async def populate(world: World, db: Database) -> None:
    """The crowd: 5,000 users by SQL, in the team and in the channels, as copies of the first user's rows."""
    now = now_ms()
    ids = [new_id() for _ in range(5000)]
    names = [f"member{i:05}" for i in range(5000)]
    columns = [
        row[0]
        for row in await db.fetch(
            "select column_name from information_schema.columns where table_name = 'users' order by ordinal_position"
        )
    ]
    own = {
        "id": "c.id",
        "username": "c.name",
        "email": "c.name || '@example.com'",
        "nickname": "''",
        "roles": "'system_user'",
        "createat": "$4::bigint",
        "updateat": "$4::bigint",
    }
    picked = ", ".join(own.get(column, f"u.{column}") for column in columns)
    await db.execute(
        f"insert into users ({', '.join(columns)}) select {picked} from unnest($1::text[], $2::text[]) as c(id, name)"
        " cross join users u where u.id = $3",
        ids,
        names,
        world.user_id,
        now,
    )
    await copy_rows(db, "teammembers", "teamid", world.team_id, ids, world.user_id)
    for size, channel_id in [*world.channels.items(), (1000, world.quiet_id)]:
        await copy_rows(db, "channelmembers", "channelid", channel_id, ids[: size - 1], world.user_id)
    world.members = ids
    await db.execute("analyze")  # as autovacuum does within a minute of such a change


async def copy_rows(db: Database, table: str, key: str, value: str, user_ids: list[str], like: str) -> None:
    """Gives these users the row of a table that one has, where `key` is `value`."""
    columns = [
        row[0]
        for row in await db.fetch(
            "select column_name from information_schema.columns where table_name = $1 order by ordinal_position", table
        )
    ]
    picked = ", ".join({"userid": "c.id", "schemeadmin": "false"}.get(column, f"m.{column}") for column in columns)
    await db.execute(
        f"insert into {table} ({', '.join(columns)}) select {picked} from unnest($1::text[]) as c(id)"
        f" cross join {table} m where m.userid = $2 and m.{key} = $3",
        user_ids,
        like,
        value,
    )
