"""Who hears what: real sockets, no server, no database."""

import json
import socket

import pytest
import trio
from trio.testing import wait_all_tasks_blocked

from mmfast.core.ids import new_id
from mmfast.features.identity.sessions.types import Session
from mmfast.hot import parse_header
from mmfast.realtime.event import Document, Event
from mmfast.realtime.hub import Hub
from mmfast.realtime.line import QUEUE_FULL, Line
from mmfast.realtime.signals import (
    ChannelDeleted,
    ChannelJoined,
    ChannelLeft,
    SessionRevoked,
    TeamJoined,
    UserChanged,
    UserSessionsRevoked,
)
from mmfast.wire.websocket import Closed


class Said(Event, name="test_said"):
    text: str = ""
    post: Document = None


class Whisper(Event, name="test_whisper", droppable=True, in_view=True):
    text: str = ""


class Channel:
    """A WebSocket channel over a socket pair."""

    peer = "test"

    def __init__(self):
        self.ours, self.theirs = socket.socketpair()
        self.ours.setblocking(False)
        self.theirs.setblocking(False)
        self.fd = self.ours.fileno()
        self.buffer = b""
        self.dropped = False

    async def wait_writable(self):
        try:
            await trio.lowlevel.wait_writable(self.fd)
        except trio.ClosedResourceError:
            raise Closed(1006) from None

    def drop(self):
        self.dropped = True
        trio.lowlevel.notify_closing(self.ours)
        self.ours.close()

    def heard(self):
        """The events so far."""
        try:
            while data := self.theirs.recv(1 << 20):
                self.buffer += data
        except BlockingIOError:
            pass
        events, at = [], 0
        while (header := parse_header(self.buffer, at)) and len(self.buffer) >= header[2] + header[1]:
            at = header[2] + header[1]
            events.append(json.loads(self.buffer[header[2] : at]))
        self.buffer = self.buffer[at:]
        return events


class World:
    """A hub, its users' memberships and their lines."""

    def __init__(self):
        self.memberships = {}
        self.hub = Hub(self.load)
        self.channels = []
        self.loads = 0
        self.loading = trio.Event()

    async def load(self, user_id):
        self.loads += 1
        found = self.memberships.get(user_id, ([], []))
        self.loading.set()
        await trio.lowlevel.checkpoint()
        await trio.lowlevel.checkpoint()
        return found

    async def line(self, user_id, channels=(), teams=(), **traits):
        self.memberships.setdefault(user_id, (list(channels), list(teams)))
        line = self.connection(user_id, **traits)
        await self.hub.open(line)
        return line

    def connection(self, user_id, **traits):
        session = Session(new_id(), new_id(), 0, 0, 0, user_id, "", "system_user", False, False, {})
        self.channels.append(Channel())
        line = Line(self.hub, self.channels[-1], session, new_id())
        for name, value in traits.items():
            setattr(line, name, value)
        return line

    def say(self, text="", **to):
        self.hub.publish(Said(text=text).to(**to))


def texts(line):
    return [event["data"].get("text") for event in line.channel.heard()]


@pytest.fixture
def world():
    world = World()
    yield world
    for channel in world.channels:
        channel.ours.close()
        channel.theirs.close()


ANN, BOB, CAT = "a" * 26, "b" * 26, "c" * 26


async def test_addressees(world):
    ann = await world.line(ANN, ["c1"], ["t1"])
    bob = await world.line(BOB, ["c1", "c2"], ["t1", "t2"])
    cat = await world.line(CAT)
    world.say("all")
    world.say("c1", channel_id="c1")
    world.say("c2", channel_id="c2")
    world.say("t1", team_id="t1")
    world.say("cat", user_id=CAT, channel_id="c1")
    world.say("one", connection_id=bob.connection_id)
    world.say("not bob", channel_id="c1", omit_users=[BOB])
    world.say("not ann's line", channel_id="c1", omit_connection_id=ann.connection_id)
    world.say("nobody", channel_id="c3")
    assert texts(ann) == ["all", "c1", "t1", "not bob"]
    assert texts(bob) == ["all", "c1", "c2", "t1", "one", "not ann's line"]
    assert texts(cat) == ["all", "cat"]


async def test_numbers_count_per_line(world):
    ann = await world.line(ANN, ["c1"])
    world.say(channel_id="c1")
    bob = await world.line(BOB, ["c1"])
    world.say(channel_id="c1")
    assert [e["seq"] for e in ann.channel.heard()] == [0, 1]
    assert [e["seq"] for e in bob.channel.heard()] == [0]


async def test_memberships_are_loaded_once_and_kept_by_signals(world):
    ann = await world.line(ANN, ["c1"])
    other = await world.line(ANN)
    assert world.loads == 1
    for signal in (ChannelJoined("c2", ANN), ChannelLeft("c1", ANN), TeamJoined("t1", ANN), ChannelJoined("c1", BOB)):
        world.hub.publish(signal)
    world.say("c1", channel_id="c1")
    world.say("c2", channel_id="c2")
    world.say("t1", team_id="t1")
    assert texts(ann) == texts(other) == ["c2", "t1"]
    world.hub.publish(ChannelDeleted("c2"))
    world.say("c2", channel_id="c2")
    assert texts(ann) == []


async def test_a_signal_during_loading_is_not_lost(world):
    line = world.connection(ANN)
    world.memberships[ANN] = (["c1"], [])
    async with trio.open_nursery() as nursery:
        nursery.start_soon(world.hub.open, line)
        await world.loading.wait()
        world.hub.publish(ChannelLeft("c1", ANN))
    world.say(channel_id="c1")
    assert texts(line) == []


async def test_variants(world):
    ann = await world.line(ANN, ["c1"], asks_receipts=True)
    bob = await world.line(BOB, ["c1"])
    outside = await world.line(CAT)
    said = Said(post={"a": 1}).to(channel_id="c1")
    world.hub.publish(said.with_receivers(mentions=[ANN, CAT], followers=[ANN, BOB]).asking_receipt([ANN, BOB]))
    (to_ann,), (to_bob,) = ann.channel.heard(), bob.channel.heard()
    assert to_ann["data"] == {
        "text": "",
        "post": '{"a":1}',
        "mentions": json.dumps([ANN]),
        "followers": json.dumps([ANN]),
        "should_ack": True,
    }
    assert to_bob["data"] == {"text": "", "post": '{"a":1}', "followers": json.dumps([BOB])}
    assert outside.channel.heard() == []


async def test_administrators_and_guests(world):
    admin = await world.line(ANN, ["c1"], is_admin=True)
    guest = await world.line(BOB, ["c1"], is_guest=True)
    await world.line(CAT, ["c2"])
    world.hub.publish(Said(text="full").to().sensitive())
    world.hub.publish(Said(text="less").to().sanitized())
    world.hub.publish(Said(text="of ann").to().about(ANN))
    world.hub.publish(Said(text="of cat").to().about(CAT))
    world.hub.publish(Said(text="set").to().only_for([BOB]))
    assert texts(admin) == ["full", "of ann", "of cat"]
    assert texts(guest) == ["less", "of ann", "set"]
    world.hub.publish(UserChanged(ANN, is_admin=False))
    world.hub.publish(Said(text="less").to().sanitized())
    assert texts(admin) == ["less"]


async def test_what_is_not_in_view(world):
    ann = await world.line(ANN, ["c1", "c2"])

    def whisper():
        world.hub.publish(Whisper(text="w").to(channel_id="c1"))
        return len(ann.channel.heard())

    assert whisper() == 1
    world.hub.look_at(ann, 0, "c2")
    world.hub.look_at(ann, 1, "")
    assert whisper() == 1
    world.hub.look_at(ann, 2, "c2")
    assert whisper() == 0
    world.hub.look_at(ann, 1, "c1")
    assert whisper() == 1
    world.say(channel_id="c1")
    assert len(ann.channel.heard()) == 1


async def test_ended_sessions_fall_silent(world):
    ann = await world.line(ANN, ["c1"])
    other = await world.line(ANN)
    world.hub.publish(SessionRevoked(ann.session.id))
    world.say("1", channel_id="c1")
    assert ann.is_silenced
    assert texts(ann) == []
    assert texts(other) == ["1"]
    world.hub.publish(UserSessionsRevoked(ANN))
    world.say("2", channel_id="c1")
    assert texts(other) == []
    assert not world.hub.is_connected(ANN)


async def test_a_cut_line_is_taken_up(world):
    ann = await world.line(ANN, ["c1"])
    world.say("0", channel_id="c1")
    world.hub.park(ann)
    assert not world.hub.is_connected(ANN)
    world.say("1", channel_id="c1")
    again = world.connection(ANN)
    assert world.hub.find_parked(ann.connection_id, BOB) is None
    parked = world.hub.find_parked(ann.connection_id, ANN)
    assert world.hub.resume(again, parked, 1)
    world.say("2", channel_id="c1")
    assert again.connection_id == ann.connection_id
    heard = again.channel.heard()
    assert [(e["seq"], e["data"]["text"]) for e in heard] == [(1, "1"), (2, "2")]
    assert world.hub.is_connected(ANN)


@pytest.mark.parametrize(("wanted", "works"), [(0, False), (72, True), (71, False), (200, True), (201, False)])
async def test_only_the_last_events_are_kept(world, wanted, works):
    ann = await world.line(ANN, ["c1"])
    world.hub.park(ann)
    for n in range(200):
        world.say(str(n), channel_id="c1")
    again = world.connection(ANN)
    assert world.hub.resume(again, ann, wanted) is works
    if works:
        assert [e["seq"] for e in again.channel.heard()] == list(range(wanted, 200))
    else:
        assert world.hub.find_parked(ann.connection_id, ANN) is None


async def test_parked_lines_do_not_wait_for_ever(world):
    ann = await world.line(ANN)
    world.hub.park(ann)
    world.hub.sweep(ann.parked_at + 1000)
    assert world.hub.find_parked(ann.connection_id, ANN) is ann
    world.hub.sweep(ann.parked_at + 10 * 60_000)
    assert world.hub.find_parked(ann.connection_id, ANN) is None
    assert len(world.hub.audience.everybody) == 0


async def test_a_slow_client_gets_everything_in_order_later(world, nursery):
    nursery.start_soon(world.hub.run)
    ann = await world.line(ANN, ["c1"])
    bob = await world.line(BOB, ["c1"])
    await wait_all_tasks_blocked()
    big = "x" * 50_000
    for n in range(40):
        world.say(f"{n}{big}", channel_id="c1")
        assert len(bob.channel.heard()) == 1
    with trio.fail_after(10):
        heard = ann.channel.heard()
        while len(heard) < 40:
            await wait_all_tasks_blocked(0.001)
            heard += ann.channel.heard()
    assert [e["seq"] for e in heard] == list(range(40))
    assert [e["data"]["text"][:-50_000] for e in heard] == [str(n) for n in range(40)]
    await wait_all_tasks_blocked(0.001)
    world.say("live", channel_id="c1")
    assert texts(ann) == ["live"]


async def test_a_client_that_stops_reading_is_cut_off(world):
    ann = await world.line(ANN, ["c1"])
    bob = await world.line(BOB, ["c1"])
    big = "x" * 50_000
    for _ in range(20):
        world.say(big, channel_id="c1")
        bob.channel.heard()
    for n in range(130):
        world.hub.publish(Whisper(text=str(n)).to(channel_id="c1"))
        bob.channel.heard()
    assert ann.is_open
    assert len(ann._waiting) == 128
    for n in range(QUEUE_FULL):
        world.say(channel_id="c1")
        bob.channel.heard()
        assert ann.is_open is (n < QUEUE_FULL - 128)
    assert ann.channel.dropped
    assert not ann.has_waiting
    assert bob.is_open


async def test_a_broken_socket_ends_its_connection_only(world):
    ann = await world.line(ANN, ["c1"])
    bob = await world.line(BOB, ["c1"])
    ann.channel.theirs.close()
    world.say("1", channel_id="c1")
    assert ann.channel.dropped
    assert texts(bob) == ["1"]


async def test_what_is_announced_again_under_its_key_is_heard_once(world):
    ann = await world.line(ANN, ["c1"])
    for text, key in (("first", "k"), ("again", "k"), ("other", "l")):
        world.hub.publish(Said(text=text).to(channel_id="c1").once(key))
    assert texts(ann) == ["first", "other"]
