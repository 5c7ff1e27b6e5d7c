"""Receivers for what the server calls, and a place where ann's team works with programs."""

import json
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import pytest
import trio

from mmfast.platform.outgoing import Answer
from mmfast.realtime.event import Announcement
from tests.features.spaces.conftest import Crew, crew, heard  # noqa: F401  # fixtures for this package too

PATIENCE = 10.0
"""Seconds after which a call that does not come fails its test."""


@dataclass
class Called:
    """A request that a receiver got."""

    url: str
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass
class Receivers:
    """All addresses outside of the server: what they got, and what they answer."""

    answers: dict[str, bytes] = field(default_factory=dict)
    """By address; nothing for others."""
    hanging: set[str] = field(default_factory=set)
    """Addresses that never answer."""
    arrived: list[str] = field(default_factory=list)
    """The addresses called so far, those that hang too."""

    def __post_init__(self) -> None:
        self._put, self._take = trio.open_memory_channel[Called](math.inf)

    async def request(
        self, method: str, url: str, *, headers: dict[str, str], content: bytes, **options: Any
    ) -> Answer:
        self.arrived.append(url)
        if url in self.hanging:
            await trio.sleep_forever()
        is_json = headers["Content-Type"] == "application/json"
        body = json.loads(content) if is_json else dict(parse_qsl(content.decode(), keep_blank_values=True))
        self._put.send_nowait(Called(url, headers, body))
        return Answer(200, {}, self.answers.get(url, b""), url)

    async def take(self) -> Called:
        """The next call that was answered."""
        with trio.fail_after(PATIENCE):
            return await self._take.receive()

    def nothing_came(self) -> bool:
        """Whether no call is left to take."""
        return self._take.statistics().current_buffer_used == 0


@pytest.fixture
def receivers(app, monkeypatch) -> Receivers:
    """Stands in for the web."""
    outside = Receivers()
    monkeypatch.setattr(app.outgoing, "request", outside.request)
    return outside


@pytest.fixture
def next_post(app, crew, monkeypatch) -> Callable[[], Any]:  # noqa: F811
    """Call and await it for the next post that is announced, the server's own left out."""
    put, take = trio.open_memory_channel[dict[str, Any]](math.inf)
    publish = app.publish

    def listen(item: Any) -> None:
        if isinstance(item, Announcement) and type(item.event).event_name == "posted":
            post = json.loads(item.event.post)
            if not post["type"].startswith("system_"):
                put.send_nowait(post)
        publish(item)

    monkeypatch.setattr(app, "publish", listen)

    async def wait() -> dict[str, Any]:
        with trio.fail_after(PATIENCE):
            return await take.receive()

    return wait


@pytest.fixture
async def room(crew: Crew) -> dict[str, Any]:  # noqa: F811
    """A public channel of ann's, who administers the team, and ben."""
    channel = await crew.channel(crew.ann)
    await crew.join(channel, crew.ann, crew.ben)
    return channel
