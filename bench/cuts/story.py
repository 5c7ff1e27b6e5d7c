"""An author who numbers posts, and followers who keep the channel's log while their connections are cut.

A follower does what a client does: it takes its line up again where it was, and where the server has forgotten the line
(a new hello) it reads what it missed over REST. It fails at once if a sequence number or a post is missing or comes
twice. Everything random comes from seeds; what a run of several processes does with them is, within limits, chance.
"""

import json
import random
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpx2
import trio

from mmfast.core.ids import new_id
from mmfast.hot import parse_header

PASSWORD = "Passwd-of-cuts-1"
TEXT_FRAME = 0x81
ALLOWANCES = (0, 1, 2, 10, 100, 700, 5000)
"""Bytes that a connection lives at least; up to 300 more are added by chance."""
RESET = bytes([1, 0, 0, 0, 0, 0, 0, 0])
"""SO_LINGER of no time: closing is a reset, as of a phone that leaves its network."""
_NUMBER = re.compile(r"post (\d+) ")


MAX_SINCE = 1000
"""Posts that the server tells at the most when asked for those since a time."""


class Torn(AssertionError):
    """A client's log differs from the server's."""


class Account:
    """Somebody signed in, who asks again whatever worker dies."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.user_id = ""
        self.token = ""
        self._client = httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}/api/v4", timeout=30)

    async def ask(self, method: str, path: str, body: Any = None) -> Any:
        """The answer, however often it takes; what is refused for the asker's fault raises."""
        while True:
            with suppress(OSError, httpx2.TransportError):
                answer = await self._client.request(method, path, json=body)
                if answer.status_code < 500:
                    if answer.status_code >= 400:
                        raise Torn(f"{method} {path}: {answer.status_code} {answer.text}")
                    self.token = answer.headers.get("Token", self.token)
                    return answer.json()
            await trio.sleep(0.01)

    async def enter(self) -> None:
        """Makes the account and signs in."""
        name = "a" + new_id()[:12]
        account = {"email": f"{name}@example.com", "username": name, "password": PASSWORD}
        self.user_id = (await self.ask("POST", "/users", account))["id"]
        await self.ask("POST", "/users/login", {"login_id": name, "password": PASSWORD})
        self._client.headers["Authorization"] = "Bearer " + self.token
        self._client.cookies.clear()

    async def close(self) -> None:
        """Gives its connections up."""
        await self._client.aclose()


@dataclass
class Story:
    """What all take part in."""

    author: Account
    reader: Account
    channel_id: str
    written: int = 0
    """How many posts there are, the author's last one from the moment on that it is on its way."""
    is_over: bool = False
    cuts_left: int = 0
    renewed: int = 0
    """How often a follower had to read again instead of going on."""
    followers: list["Follower"] = field(default_factory=list)

    async def write(self, seed: int) -> None:
        """Posts one by one while connections are being cut, and a last one."""
        rng = random.Random(seed)
        while self.cuts_left > 0:
            await self._post(rng, self.written)
            self.written += 1
        self.written += 1
        self.is_over = True
        await self._post(rng, self.written - 1)

    async def _post(self, rng: random.Random, number: int) -> None:
        """One post. A worker that dies before it answers is asked again by the same name: the post comes once."""
        body = {
            "channel_id": self.channel_id,
            "message": f"post {number} " + "x" * rng.randrange(400),
            "pending_post_id": f"{self.author.user_id}:{number}",
        }
        await self.author.ask("POST", "/posts", body)


class Follower:
    """A client that keeps the channel's log: the numbers of the posts, which must come without gap."""

    def __init__(self, story: Story, seed: int) -> None:
        self.story = story
        self.known = 0
        self._random = random.Random(seed)
        self._connection_id, self._next = "", 0
        self._floor = 0
        """Posts below it were read again: as events of the present line they are no news, but may come once."""
        self._last = -1
        """The last post that came as an event of the present line."""
        self._since = 1

    @property
    def is_complete(self) -> bool:
        """Whether it has the whole log."""
        return self.story.is_over and self.known == self.story.written

    async def follow(self) -> None:
        """Is cut as long as there are cuts to make, then listens until the log is complete."""
        while self.story.cuts_left > 0:
            self.story.cuts_left -= 1
            await self._listen(self._random.choice(ALLOWANCES) + self._random.randrange(300))
        while not self.is_complete:
            await self._listen(1 << 40)

    async def _listen(self, allowance: int) -> None:
        """One connection, cut when `allowance` bytes have come, those of the handshake's answer included."""
        query = f"?connection_id={self._connection_id}&sequence_number={self._next}" if self._connection_id else ""
        try:
            stream = await trio.open_tcp_stream("127.0.0.1", self.story.reader.port)
        except OSError:
            return
        try:
            await stream.send_all(self._handshake(query))
            await self._read(stream, allowance)
        except trio.BrokenResourceError:
            pass
        finally:
            if self._random.random() < 0.5:
                stream.socket.setsockopt(trio.socket.SOL_SOCKET, trio.socket.SO_LINGER, RESET)
            stream.socket.close()

    def _handshake(self, query: str) -> bytes:
        return (
            f"GET /api/v4/websocket{query} HTTP/1.1\r\nHost: test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Authorization: Bearer {self.story.reader.token}\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        ).encode()

    async def _read(self, stream: trio.SocketStream, allowance: int) -> None:
        buffer, is_open = b"", False
        while allowance > 0 and not self.is_complete:
            data = await stream.receive_some(min(allowance, 1 << 16))
            if not data:
                return
            allowance -= len(data)
            buffer += data
            if not is_open and b"\r\n\r\n" in buffer:
                head, _, buffer = buffer.partition(b"\r\n\r\n")
                is_open = b" 101 " in head
            if is_open:
                buffer = await self._take(buffer)

    async def _take(self, buffer: bytes) -> bytes:
        """Hears the messages that are complete; gives the rest."""
        at = 0
        while (header := parse_header(buffer, at)) and len(buffer) >= header[2] + header[1]:
            at = header[2] + header[1]
            if header[0] == TEXT_FRAME:
                await self._hear(json.loads(buffer[header[2] : at]))
        return buffer[at:]

    async def _hear(self, event: dict[str, Any]) -> None:
        if event["event"] == "hello":
            self.story.renewed += 1
            self._connection_id, self._next, self._last = event["data"]["connection_id"], 1, -1
            await self._read_again()
            return
        if event["seq"] != self._next:
            raise Torn(f"event {event['seq']} came, {self._next} was due")
        self._next += 1
        if event["event"] == "posted":
            post = json.loads(event["data"]["post"])
            self._hear_post(post)

    def _hear_post(self, post: dict[str, Any]) -> None:
        found = _NUMBER.match(post["message"])
        if found is None:
            return
        number = int(found[1])
        if number <= self._last or (number != self.known and number >= self._floor):
            raise Torn(f"post {number} came, {self.known} was due (read again up to {self._floor})")
        self._last = number
        if number == self.known:
            self._learn(post)

    def _learn(self, post: dict[str, Any]) -> None:
        self.known += 1
        self._since = max(self._since, post["create_at"])

    async def _read_again(self) -> None:
        """What a client does after a new hello: it asks for what was posted since the last that it knows.

        If that is more than the server tells in one answer, which are the newest, it goes back page by page.
        """
        path = f"/channels/{self.story.channel_id}/posts"
        posts = (await self.story.reader.ask("GET", f"{path}?since={self._since}"))["posts"]
        page = 0
        while len(posts) >= MAX_SINCE and min(post["create_at"] for post in posts.values()) > self._since:
            posts |= (await self.story.reader.ask("GET", f"{path}?page={page}&per_page=200"))["posts"]
            page += 1
        for post in sorted(posts.values(), key=lambda post: post["create_at"]):
            found = _NUMBER.match(post["message"])
            if found and int(found[1]) == self.known:
                self._learn(post)
        self._floor = self.known


async def read_log(story: Story) -> list[int]:
    """The numbers of all posts of the channel as the server has them, oldest first."""
    numbers: list[int] = []
    for page in range(100_000):
        answer = await story.reader.ask("GET", f"/channels/{story.channel_id}/posts?page={page}&per_page=200")
        if not answer["order"]:
            break
        found = (_NUMBER.match(answer["posts"][post_id]["message"]) for post_id in answer["order"])
        numbers += [int(match[1]) for match in found if match]
    return numbers[::-1]


async def prepare(port: int, cuts: int, followers: int, seed: int) -> Story:
    """The accounts and the channel."""
    author, reader = Account(port), Account(port)
    await author.enter()
    await reader.enter()
    name = "c" + new_id()[:12]
    team = await author.ask("POST", "/teams", {"name": name, "display_name": name, "type": "O"})
    wanted = {"team_id": team["id"], "name": name, "display_name": name, "type": "O"}
    channel = await author.ask("POST", "/channels", wanted)
    await author.ask("POST", f"/teams/{team['id']}/members", {"team_id": team["id"], "user_id": reader.user_id})
    await author.ask("POST", f"/channels/{channel['id']}/members", {"user_id": reader.user_id})
    story = Story(author, reader, channel["id"], cuts_left=cuts)
    story.followers = [Follower(story, seed + number) for number in range(followers)]
    return story


async def tell(story: Story, seed: int, kill: Callable[[], object] | None = None, kills: int = 0) -> int:
    """Runs the story to its end; `kill` is called `kills` times, spread over the cuts. Gives how many were made.

    Raises Torn if a log differs from the server's.
    """
    made = 0
    every = story.cuts_left // (kills + 1)

    async def kill_now_and_then() -> None:
        nonlocal made
        rng = random.Random(seed)
        due = story.cuts_left - every
        while kill is not None and made < kills and story.cuts_left > 0:
            if story.cuts_left > due:
                await trio.sleep(rng.random() / 100)
                continue
            if kill():
                made += 1
                due -= every

    async with trio.open_nursery() as nursery:
        for follower in story.followers:
            nursery.start_soon(follower.follow)
        nursery.start_soon(story.write, seed)
        nursery.start_soon(kill_now_and_then)
    log = await read_log(story)
    if log != list(range(story.written)):
        raise Torn("the server's log has a gap or a post twice")
    for account in (story.author, story.reader):
        await account.close()
    return made
