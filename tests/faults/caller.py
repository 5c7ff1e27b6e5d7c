"""People who use a running server over HTTP and WebSocket, and notice how it treats them."""

from __future__ import annotations

import json
from contextlib import AbstractAsyncContextManager
from typing import Any

import httpx2
import trio
import trio_websocket

PASSWORD = "Passwd-123456"


class Caller:
    """One account, signed in."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.client = httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}/api/v4", timeout=30)
        self.user: dict[str, Any] = {}

    async def sign_up_and_in(self, name: str) -> None:
        account = {"email": f"{name}@example.com", "username": name, "password": PASSWORD}
        made = await self.client.post("/users", json=account)
        assert made.status_code == 201, made.text
        answer = await self.client.post("/users/login", json={"login_id": name, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        self.user = answer.json()
        self.client.headers["Authorization"] = "Bearer " + answer.headers["Token"]
        self.client.cookies.clear()

    async def create(self, path: str, **body: Any) -> dict[str, Any]:
        """What a POST makes, which must succeed."""
        made = await self.client.post(path, json=body)
        assert made.status_code == 201, made.text
        return made.json()

    async def create_channel(self, name: str) -> str:
        """The id of a channel in a team of its own."""
        team = await self.create("/teams", name=name, display_name=name, type="O")
        channel = await self.create("/channels", team_id=team["id"], name=name, display_name=name, type="O")
        return channel["id"]

    async def read_posts(self, channel_id: str) -> dict[str, str]:
        """Messages by id of everything in a channel."""
        found: dict[str, str] = {}
        for page in range(1000):
            answer = await self.client.get(f"/channels/{channel_id}/posts", params={"page": page, "per_page": 200})
            posts = answer.json()["posts"]
            if not posts:
                return found
            found |= {post["id"]: post["message"] for post in posts.values()}
        raise AssertionError("the channel has no end")

    def websocket(self, query: str = "") -> AbstractAsyncContextManager[trio_websocket.WebSocketConnection]:
        """A WebSocket of this account."""
        return trio_websocket.open_websocket_url(
            f"ws://127.0.0.1:{self.port}/api/v4/websocket{query}",
            extra_headers=[("Authorization", self.client.headers["Authorization"])],
        )


async def heard(socket: trio_websocket.WebSocketConnection, name: str) -> dict[str, Any]:
    """The next event of this name; others are passed over."""
    while True:
        event = json.loads(await socket.get_message())
        if event.get("event") == name:
            return event


async def asked(socket: trio_websocket.WebSocketConnection, action: str) -> dict[str, Any]:
    """The reply to a request; events before it are passed over."""
    await socket.send_message(json.dumps({"action": action, "seq": 1}))
    while True:
        reply = json.loads(await socket.get_message())
        if reply.get("seq_reply") == 1:
            return reply


class Load:
    """Callers who post into a channel without pause, and what they were told."""

    def __init__(self, caller: Caller, channel_id: str) -> None:
        self.caller = caller
        self.channel_id = channel_id
        self.acknowledged: dict[str, str] = {}
        self.refused: list[tuple[int, str]] = []
        self._news = trio.Condition()

    async def run(self, writer: int) -> None:
        """Posts until cancelled. What was acknowledged is noted before anything else can happen."""
        number = 0
        while True:
            number += 1
            message = f"post {number} of writer {writer}"
            body = {"channel_id": self.channel_id, "message": message}
            answer = await self.caller.client.post("/posts", json=body)
            if answer.status_code == 201:
                self.acknowledged[answer.json()["id"]] = message
            else:
                self.refused.append((answer.status_code, answer.json()["id"]))
            async with self._news:
                self._news.notify_all()

    async def until_more(self, acknowledged: int = 0, refused: int = 0) -> None:
        """Returns once so many more posts have been acknowledged and refused."""
        goals = len(self.acknowledged) + acknowledged, len(self.refused) + refused
        async with self._news:
            while len(self.acknowledged) < goals[0] or len(self.refused) < goals[1]:
                await self._news.wait()
