"""A team with people in it, for the tests of spaces."""

from dataclasses import dataclass
from typing import Any

import pytest

from mmfast.realtime.event import Announcement
from tests.client import Client


@dataclass
class Crew:
    """A team of ann (its admin), ben and cid; dan stands outside."""

    team: dict[str, Any]
    admin: Client
    ann: Client
    ben: Client
    cid: Client
    dan: Client

    async def channel(self, by: Client, name: str = "room", kind: str = "O", **more: Any) -> dict[str, Any]:
        """A new channel of the team, made by one of them."""
        wanted = {"team_id": self.team["id"], "name": name, "display_name": name.title(), "type": kind, **more}
        made = await by.post("/channels", wanted)
        assert made.status == 201, made.body
        return made.json()

    async def join(self, channel: dict[str, Any], by: Client, *others: Client) -> None:
        """Lets others in."""
        for other in others:
            added = await by.post(f"/channels/{channel['id']}/members", {"user_id": other.user["id"]})
            assert added.status == 201, added.body


@pytest.fixture
async def crew(admin: Client) -> Crew:
    """The team and its people."""
    ann, ben, cid, dan = [await admin.sign_up(name) for name in ("ann", "ben", "cid", "dan")]
    team = (await ann.post("/teams", {"name": "crew", "display_name": "Crew", "type": "O"})).json()
    for person in (ben, cid):
        member = {"team_id": team["id"], "user_id": person.user["id"]}
        assert (await ann.post(f"/teams/{team['id']}/members", member)).status == 201
    return Crew(team, admin, ann, ben, cid, dan)


class Heard(list[Announcement]):
    """Everything announced since the test began."""

    def take(self, name: str) -> list[Announcement]:
        """The announcements of one event, taken out."""
        found = [item for item in self if type(item.event).event_name == name]
        self[:] = [item for item in self if item not in found]
        return found


@pytest.fixture
def heard(app, crew, monkeypatch) -> Heard:
    """Records what is announced once the crew is there, and lets it pass."""
    record, publish = Heard(), app.publish

    def listen(item):
        if isinstance(item, Announcement):
            record.append(item)
        publish(item)

    monkeypatch.setattr(app, "publish", listen)
    return record
