"""A room in which ann and ben talk; cid is in its team, dan is not."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.client import Client
from tests.features.spaces.conftest import Crew, crew, heard  # noqa: F401  # fixtures for this package too


@dataclass
class Room:
    """A channel and its people."""

    id: str
    crew: Crew
    ann: Client
    ben: Client
    cid: Client
    dan: Client
    admin: Client

    async def say(self, by: Client, message: str, **more: Any) -> dict[str, Any]:
        """A new post, which must succeed."""
        made = await by.post("/posts", {"channel_id": self.id, "message": message, **more})
        assert made.status == 201, made.body
        return made.json()


@pytest.fixture
async def room(crew: Crew) -> Room:  # noqa: F811
    """A public channel of ann and ben."""
    channel = await crew.channel(crew.ann)
    await crew.join(channel, crew.ann, crew.ben)
    return Room(channel["id"], crew, crew.ann, crew.ben, crew.cid, crew.dan, crew.admin)


@pytest.fixture
async def secret(crew: Crew) -> Room:  # noqa: F811
    """A private channel of ann alone."""
    channel = await crew.channel(crew.ann, name="secret", kind="P")
    return Room(channel["id"], crew, crew.ann, crew.ben, crew.cid, crew.dan, crew.admin)
