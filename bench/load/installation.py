"""The accounts, teams and channels that the users work in, made through the API so that any compatible server will do.

Channels are of very different sizes, as anywhere: everybody is in the default ones, most are in a few large ones, and
many channels have a handful of members. Every run makes its own team and names; nothing is taken away afterwards.
"""

import http.client
import json
import random
import time
from typing import Any
from urllib.parse import urlsplit

from bench.load.person import VOCABULARY, Account

PASSWORD = "Passwd-of-load-1"
TEAM_SIZE = 1000
CHANNEL_SHARES = (0.8, 0.5, 0.3, *[0.1] * 5, *[0.03] * 12)
"""The share of a team's members that is in each of its channels, besides the default ones."""
SMALLEST_CHANNEL = 4
POSTS_OF_A_CHANNEL = 40
REPLIES_OF_A_CHANNEL = 8
DIRECTS_OF_A_USER = 3
BATCH = 20
"""What the API takes at once."""
ASK_SECONDS = 60


class Refused(Exception):
    """The server did not do what the set-up needs."""


class Admin:
    """The administrator who makes everything."""

    def __init__(self, base: str) -> None:
        parts = urlsplit(base)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = kind(parts.hostname or "", parts.port, timeout=ASK_SECONDS)
        self._token = ""

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """One request; raises where the server refuses."""
        headers = {"Content-Type": "application/json"}
        if self._token:
            headers["Authorization"] = "Bearer " + self._token
        self._connection.request(method, "/api/v4" + path, None if body is None else json.dumps(body), headers)
        answer = self._connection.getresponse()
        text = answer.read()
        self._token = answer.getheader("Token") or self._token
        if answer.status >= 400:
            raise Refused(f"{method} {path}: {answer.status} {text[:300].decode('utf-8', 'replace')}")
        return json.loads(text) if text else {}

    def enter(self, login: str, password: str) -> None:
        """Signs in; on a server without accounts, makes the account first, which becomes the administrator."""
        try:
            account = {"email": f"{login}@example.com", "username": login, "password": password}
            self.ask("POST", "/users", account)
        except Refused:
            pass  # it is there, or signing up is closed: signing in will tell
        self.ask("POST", "/users/login", {"login_id": login, "password": password})


def make_accounts(admin: Admin, count: int) -> list[Account]:
    """Teams of users, with channels, direct and group messages and something to read in them."""
    run = f"load{int(time.time()) % 10**8:08}"
    chance = random.Random(run)
    limit = admin.ask("GET", "/config").get("TeamSettings", {}).get("MaxUsersPerTeam", 50)
    size = max(1, min(TEAM_SIZE, limit - 1))  # the administrator is in it too
    accounts: list[Account] = []
    for first in range(0, count, size):
        team = {"name": f"{run}-{first}", "display_name": f"Load {first}", "type": "O"}
        team_id = admin.ask("POST", "/teams", team)["id"]
        names = [f"{run}-{number:05}" for number in range(first, min(first + size, count))]
        user_ids = [_make_user(admin, name) for name in names]
        for part in _batches(user_ids):
            members = [{"team_id": team_id, "user_id": user_id} for user_id in part]
            admin.ask("POST", f"/teams/{team_id}/members/batch", members)
        _make_channels(admin, team_id, user_ids, chance)
        _make_directs(admin, user_ids, chance)
        accounts += [Account(name, PASSWORD, team_id) for name in names]
    return accounts


def _batches(ids: list[str]) -> list[list[str]]:
    return [ids[at : at + BATCH] for at in range(0, len(ids), BATCH)]


def _make_user(admin: Admin, name: str) -> str:
    account = {"email": f"{name}@example.com", "username": name, "password": PASSWORD}
    return admin.ask("POST", "/users", account)["id"]


def _make_channels(admin: Admin, team_id: str, user_ids: list[str], chance: random.Random) -> None:
    for number, share in enumerate(CHANNEL_SHARES):
        channel = {"team_id": team_id, "name": f"room-{number}", "display_name": f"Room {number}", "type": "O"}
        channel_id = admin.ask("POST", "/channels", channel)["id"]
        wanted = min(len(user_ids), max(SMALLEST_CHANNEL, round(share * len(user_ids))))
        for part in _batches(chance.sample(user_ids, wanted)):
            admin.ask("POST", f"/channels/{channel_id}/members", {"user_ids": part})
        roots = [_make_post(admin, channel_id, "", chance) for _ in range(POSTS_OF_A_CHANNEL)]
        for root in chance.sample(roots, REPLIES_OF_A_CHANNEL):
            _make_post(admin, channel_id, root, chance)


def _make_post(admin: Admin, channel_id: str, root_id: str, chance: random.Random) -> str:
    text = " ".join(chance.choices(VOCABULARY, k=chance.randint(1, 69)))
    return admin.ask("POST", "/posts", {"channel_id": channel_id, "root_id": root_id, "message": text})["id"]


def _make_directs(admin: Admin, user_ids: list[str], chance: random.Random) -> None:
    for user_id in user_ids:
        others = [other for other in user_ids if other != user_id]
        for other in chance.sample(others, min(DIRECTS_OF_A_USER, len(others))):
            admin.ask("POST", "/channels/direct", [user_id, other])
    for part in _batches(user_ids):
        if len(part) > 2:
            admin.ask("POST", "/channels/group", chance.sample(part, min(4, len(part))))
