"""Carries what is announced to the lines of those who should hear it.

The hub knows who is connected (`audience`), finds the receivers of each event, has it written to their sockets in one
call (`mmfast.hot.deliver`) and keeps the last events, so that a client whose connection broke can take its line up
again and miss nothing. Clients' requests are `connection`'s business, the other workers' the bus's.

The road of an event: `publish` -> `pack` (encoded once) -> receivers -> `deliver`; a socket that does not take its
frame whole, and only that one, costs the work of a queue and a task (`line`).
"""

import logging
from array import array
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable

import trio

from mmfast.core.clock import now_ms
from mmfast.core.ids import ALPHABET, LENGTH, new_id
from mmfast.hot import (
    BLOCKED,
    BROKEN,
    DIRECT,
    PARKED,
    RING,
    UNTOUCHED,
    Lines,
    deliver,
    fill,
    in_view,
    of_admins,
    text_frame,
    without,
)
from mmfast.realtime.admission import Admission
from mmfast.realtime.audience import NOBODY, Audience, contains
from mmfast.realtime.crowded_typing import CrowdedTyping
from mmfast.realtime.event import Announcement
from mmfast.realtime.line import Line
from mmfast.realtime.parcel import SHOULD_ACK, Parcel, Text, pack, variant
from mmfast.realtime.publisher import Item
from mmfast.realtime.signals import (
    AllSessionsRevoked,
    ChannelDeleted,
    ChannelJoined,
    ChannelLeft,
    EverythingMissed,
    SessionRevoked,
    Signal,
    TeamJoined,
    TeamLeft,
    UserChanged,
    UserConnected,
    UserDisconnected,
    UserSessionsRevoked,
)

log = logging.getLogger(__name__)

MembershipLoader = Callable[[str], Awaitable[tuple[Iterable[str], Iterable[str]]]]
"""Gives the ids of a user's channels and teams; asked once per user with a line."""

KEPT_EVENTS = 32_768
"""How many texts are kept for those who come back. A line needs its own last RING of them."""

KEPT_BYTES = 64 << 20
"""And how many bytes of them: a few large posts must not fill the memory."""

PARKED_MS = 5 * 60_000
"""How long a cut line waits for its client."""

KEPT_KEYS = 16_384
"""How many keys of parcels that may come again are remembered. They come within seconds, if at all."""

SWEEP_SECONDS = 15.0

LAST_EVENT = 0x7FFFFFFF
"""The rings hold 32 bits a number; after this one comes 0."""

EVENT_NAME = len(b'{"event":"')
"""Where an event's text has its name."""

UNKEPT = -1
"""The number of an event whose text is not kept."""

LETTERS = ALPHABET.decode()


def worker_of(connection_id: str) -> int:
    """The number of the worker that gave the id; -1 for what is no id of ours."""
    if len(connection_id) != LENGTH:
        return -1
    high, low = (LETTERS.find(letter) for letter in connection_id[-2:])
    return high << 5 | low if high >= 0 and low >= 0 else -1


class _Loading:
    """A user whose memberships are being read: what changes meanwhile is applied to what was read."""

    def __init__(self) -> None:
        self.missed: list[Signal] = []
        self.done = trio.Event()


class HubCounts:
    """What a hub has done since its start, as plain numbers: they are looked at when somebody asks."""

    __slots__ = ("dropped", "lost", "published", "resumed", "sent", "too_slow")

    def __init__(self) -> None:
        self.published: Counter[str] = Counter()
        """Events announced by this worker, by name."""
        self.sent: Counter[bytes] = Counter()
        """Events given to this worker's lines, by name: one for each line."""
        self.dropped = 0
        """Events that a client can do without and that its full queue did not take."""
        self.too_slow = 0
        """Connections ended because their queue was full."""
        self.resumed = 0
        """Lines taken up again with nothing missed."""
        self.lost = 0
        """Lines that could not be taken up: too much had been missed."""


class Hub:
    """One worker's lines."""

    def __init__(self, load_memberships: MembershipLoader) -> None:
        self.lines = Lines()
        self.audience = Audience()
        self.admission = Admission()
        self.crowded_typing = CrowdedTyping()
        self.send_to_others: Callable[[Parcel | Signal], None] | None = None
        """Set where there are other workers: takes what was published here."""
        self.on_signal: Callable[[Signal], None] | None = None
        """Told of every signal that came from another worker (caches, configuration)."""
        self.worker = 0
        """This worker's number; lines' connection ids carry it."""
        self.elsewhere: dict[int, set[str]] = {}
        """The users with a client connected to other workers."""
        self._load_memberships = load_memberships
        self._rows: list[Line | None] = []
        self._by_id: dict[str, Line] = {}
        self._by_session: dict[str, list[Line]] = {}
        self._loading: dict[str, _Loading] = {}
        self._log: dict[int, Text] = {}
        self._log_first = 0
        self._log_next = 0
        self._log_bytes = 0
        self._keys: dict[str, None] = {}
        self._nursery: trio.Nursery | None = None
        self.counts = HubCounts()

    # life ------------------------------------------------------------------------------------------------------------
    async def run(self) -> None:
        """Owns the tasks of slow sockets and clears away what has waited too long. Runs until cancelled."""
        async with trio.open_nursery() as nursery:
            self._nursery = nursery
            try:
                while True:
                    await trio.sleep(SWEEP_SECONDS)
                    self.sweep(now_ms())
            finally:
                self._nursery = None

    def sweep(self, now: int) -> None:
        """Forgets parked lines whose clients did not come back, and silences lines whose sessions have expired."""
        for line in list(self._by_id.values()):
            if line.is_parked:
                if now - line.parked_at > PARKED_MS:
                    self._forget(line)
            elif line.session.is_expired(now):
                self.silence(line)

    @property
    def connected(self) -> list[Line]:
        """The lines with a client at the other end."""
        return [line for line in self._by_id.values() if not line.is_parked]

    @property
    def parked_count(self) -> int:
        """How many lines wait for their client to come back."""
        return sum(line.is_parked for line in self._by_id.values())

    def connected_users(self) -> list[str]:
        """The users with a client at the other end of a line of this worker."""
        return [user_id for user_id in self.audience.users if self._is_here(user_id)]

    def is_connected(self, user_id: str) -> bool:
        """Whether the user has a client connected, to whichever worker."""
        return self._is_here(user_id) or any(user_id in users for users in self.elsewhere.values())

    def _is_here(self, user_id: str) -> bool:
        return any(self.lines.flags[row] != PARKED for row in self.audience.lines_of(user_id))

    def _tell_presence(self, user_id: str, was_here: bool) -> None:
        """Tells the other workers if the user has come here, or gone."""
        is_here = self._is_here(user_id)
        if self.send_to_others is not None and is_here is not was_here:
            self.send_to_others(UserConnected(user_id) if is_here else UserDisconnected(user_id))

    def new_connection_id(self) -> str:
        """An id whose last letters are this worker's number, so that others know where to bring a client back to."""
        return new_id()[:-2] + LETTERS[self.worker >> 5] + LETTERS[self.worker & 31]

    def is_in_channel(self, user_id: str, channel_id: str) -> bool:
        """Whether a user with a line is a member of the channel."""
        return self.audience.is_in_channel(user_id, channel_id)

    def find_parked(self, connection_id: str, user_id: str) -> Line | None:
        """The user's line with this connection id, if it waits to be taken up."""
        line = self._by_id.get(connection_id)
        return line if line is not None and line.is_parked and line.user_id == user_id else None

    # lines -----------------------------------------------------------------------------------------------------------
    async def open(self, line: Line) -> None:
        """Takes in a new line; its user's memberships are loaded if it is the first."""
        user_id = line.user_id
        self._by_session.setdefault(line.session.id, []).append(line)  # first: the session may end while we load
        while (loading := self._loading.get(user_id)) is not None:
            await loading.done.wait()
        if user_id in self.audience.users:
            was_here = self._is_here(user_id)
            self._take_row(line)
            self.audience.open_another(user_id, line.row)
            self._tell_presence(user_id, was_here)
            return
        loading = self._loading[user_id] = _Loading()
        try:
            channel_ids, team_ids = await self._load_memberships(user_id)
        except BaseException:
            self._drop_session(line)
            raise
        finally:
            del self._loading[user_id]
            loading.done.set()
        if line.is_silenced:
            return
        self._take_row(line)
        self.audience.open(user_id, line.row, channel_ids, team_ids)
        self._tell_presence(user_id, was_here=False)
        for signal in loading.missed:
            self._apply(signal)

    def _take_row(self, line: Line) -> None:
        row = line.row = self.lines.take(line.fd, line.user_id)
        if row == len(self._rows):
            self._rows.append(None)
        self._rows[row] = line
        self.lines.admins[row] = line.is_admin
        self._by_id[line.connection_id] = line

    def resume(self, line: Line, parked: Line, wanted: int) -> bool:
        """Gives the parked line's row to a new connection of its user, and sends it the events from number `wanted`.

        False, and the parked line is forgotten, if they are no longer known: the client then starts anew.
        """
        row = parked.row
        number = self.lines.numbers[row]
        missed = self._missed(row, wanted, number)
        if missed is None:
            self.counts.lost += 1
            self._forget(parked)
            return False
        self.counts.resumed += 1
        self._drop_session(parked)
        was_here = self._is_here(line.user_id)
        parked.row = -1
        line.row, line.connection_id = row, parked.connection_id
        self._rows[row] = line
        self._by_id[line.connection_id] = line
        self._by_session.setdefault(line.session.id, []).append(line)
        self.lines.fds[row] = line.fd
        self.lines.admins[row] = line.is_admin
        self.lines.flags[row] = DIRECT if line.fd >= 0 else BLOCKED
        self._tell_presence(line.user_id, was_here)
        user_id = line.user_id.encode()
        frames = [text_frame(fill(text, marks, user_id) + b"%d}" % n) for n, (text, marks) in missed]
        if frames:
            self.write(line, b"".join(frames))
        return True

    def _missed(self, row: int, wanted: int, number: int) -> list[tuple[int, Text]] | None:
        if not number - RING <= wanted <= number or wanted < 0:
            return None
        missed = []
        for n in range(wanted, number):
            text = self._log.get(self.lines.rings[row * RING + n % RING])
            if text is None:
                return None
            missed.append((n, text))
        return missed

    def park(self, line: Line) -> None:
        """The connection is gone; its line goes on counting events until the client comes back.

        To be called before the descriptor is closed: the number may belong to another socket at once.
        """
        line.stop()
        if line.row < 0 or line.is_parked:
            self._drop_session(line)
            return
        line.is_parked, line.parked_at = True, now_ms()
        self.lines.fds[line.row] = -1
        self.lines.flags[line.row] = PARKED
        self._tell_presence(line.user_id, was_here=True)

    def silence(self, line: Line) -> None:
        """The line's session ended: it hears nothing more, and its requests are refused."""
        self._forget(line)
        line.is_silenced = True

    def _forget(self, line: Line) -> None:
        self._drop_session(line)
        if line.row < 0:
            return
        was_here = self._is_here(line.user_id)
        self.audience.close(line.user_id, line.row)
        self.lines.give_back(line.row)
        self._rows[line.row] = None
        line.row = -1
        del self._by_id[line.connection_id]
        self._tell_presence(line.user_id, was_here)

    def start_anew(self) -> None:
        """Ends every line for good: the clients come back with nothing and read everything again."""
        if self.on_signal is not None:
            self.on_signal(EverythingMissed())
        for line in list(self._by_id.values()):
            line.cut()
            self._forget(line)

    def _drop_session(self, line: Line) -> None:
        lines = self._by_session.get(line.session.id, [])
        if line in lines:
            lines.remove(line)
        if not lines:
            self._by_session.pop(line.session.id, None)

    # news ------------------------------------------------------------------------------------------------------------
    def publish(self, item: Item) -> None:
        """Delivers an announcement, or takes a signal to heart; the other workers hear of both."""
        if isinstance(item, Announcement):
            parcel = pack(item)
            self.counts.published[type(item.event).event_name] += 1
            self.deliver(parcel)
            if self.send_to_others is not None:
                self.send_to_others(parcel)
            return
        self._apply(item)
        if self.send_to_others is not None:
            self.send_to_others(item)

    def receive(self, item: Parcel | Signal) -> None:
        """What another worker published."""
        if isinstance(item, Parcel):
            self.deliver(item)
            return
        self._apply(item)
        if self.on_signal is not None:
            self.on_signal(item)

    def _apply(self, signal: Signal) -> None:
        waiting = self._loading.get(getattr(signal, "user_id", ""))
        if waiting is not None:
            waiting.missed.append(signal)
        audience = self.audience
        match signal:
            case ChannelJoined(channel_id, user_id):
                audience.join_channel(user_id, channel_id)
            case ChannelLeft(channel_id, user_id):
                audience.leave_channel(user_id, channel_id)
            case TeamJoined(team_id, user_id):
                audience.join_team(user_id, team_id)
            case TeamLeft(team_id, user_id):
                audience.leave_team(user_id, team_id)
            case ChannelDeleted(channel_id):
                audience.drop_channel(channel_id)
            case SessionRevoked(session_id):
                for line in list(self._by_session.get(session_id, ())):
                    self.silence(line)
            case UserSessionsRevoked(user_id):
                for row in list(audience.lines_of(user_id)):
                    self.silence(self._line(row))
            case AllSessionsRevoked():
                for lines in list(self._by_session.values()):
                    for line in list(lines):
                        self.silence(line)
            case UserChanged(user_id, is_admin, is_guest):
                for row in audience.lines_of(user_id):
                    line = self._line(row)
                    if is_admin is not None:
                        line.is_admin = is_admin
                        self.lines.admins[row] = is_admin
                    line.is_guest = line.is_guest if is_guest is None else is_guest

    def _line(self, row: int) -> Line:
        line = self._rows[row]
        assert line is not None, "a row in the audience has a line"
        return line

    # delivery --------------------------------------------------------------------------------------------------------
    def deliver(self, parcel: Parcel) -> None:
        """Sends the parcel to all of this worker's lines that should hear it."""
        if parcel.key and not self._is_first(parcel.key):
            return
        receivers = self._receivers(parcel)
        if not receivers:
            return
        if parcel.receivers or parcel.acknowledgers:
            receivers = self._deliver_variants(parcel, receivers)
        if receivers:
            self._send(receivers, (parcel.text, ()), parcel.droppable)

    def _is_first(self, key: str) -> bool:
        keys = self._keys
        if key in keys:
            return False
        keys[key] = None
        if len(keys) > KEPT_KEYS:
            del keys[next(iter(keys))]
        return True

    def greet(self, line: Line, hello: Announcement) -> None:
        """Sends the first event of a line. It is not kept: who has not heard it has nothing to come back for."""
        if line.row >= 0:
            self._write_event(array("i", [line.row]), (pack(hello).text, ()), UNKEPT, droppable=False)

    def _send(self, receivers: "array[int]", text: Text, droppable: bool) -> None:
        self._write_event(receivers, text, self._note(text), droppable)

    def _write_event(self, receivers: "array[int]", text: Text, event: int, droppable: bool) -> None:
        start = text[0]
        self.counts.sent[start[EVENT_NAME : start.index(b'"', EVENT_NAME)]] += len(receivers)
        for row, sent in deliver(self.lines, receivers, text[0], text[1], event):
            line = self._line(row)
            if sent == BROKEN:
                line.cut()
            elif sent == UNTOUCHED:
                self._queue_event(line, text, event, droppable)
            else:
                frame = self._frame(line, text, self.lines.numbers[row] - 1)
                self._block(line, frame[sent:])

    def _frame(self, line: Line, text: Text, number: int) -> bytes:
        return text_frame(fill(text[0], text[1], line.user_id.encode()) + b"%d}" % number)

    def _note(self, text: Text) -> int:
        """Keeps the text under a number."""
        event = self._log_next
        self._log_next = (event + 1) & LAST_EVENT
        self._log[event] = text
        self._log_bytes += len(text[0])
        while self._log_bytes > KEPT_BYTES or len(self._log) > KEPT_EVENTS:
            self._log_bytes -= len(self._log.pop(self._log_first)[0])
            self._log_first = (self._log_first + 1) & LAST_EVENT
        return event

    def _deliver_variants(self, parcel: Parcel, receivers: "array[int]") -> "array[int]":
        """Sends their own variants to those who have one; gives the others."""
        groups: dict[tuple[str, ...], array[int]] = {}
        special = array("i")
        for user_id in frozenset().union(parcel.acknowledgers, *parcel.receivers.values()):
            keys = tuple(key for key, users in parcel.receivers.items() if user_id in users)
            for row in self.audience.lines_of(user_id):
                own = keys
                if user_id in parcel.acknowledgers and self._line(row).asks_receipts:
                    own = (*keys, SHOULD_ACK)
                if own and contains(receivers, row):
                    groups.setdefault(own, array("i")).append(row)
                    special.append(row)
        for own, rows in groups.items():
            self._send(rows, variant(parcel, own), parcel.droppable)
        return without(receivers, special) if special else receivers

    def _receivers(self, parcel: Parcel) -> "array[int]":
        """The rows of those who hear it, sorted. The result may be the index itself: not to be changed."""
        audience = self.audience
        if parcel.connection_id:
            rows = self._row_of(parcel.connection_id)
        elif parcel.user_id:
            rows = audience.lines_of(parcel.user_id)
        elif parcel.channel_id:
            rows = audience.channels.lines(parcel.channel_id)
        elif parcel.team_id:
            rows = audience.teams.lines(parcel.team_id)
        else:
            rows = audience.everybody
        if not rows:
            return NOBODY
        omitted = array("i")
        if parcel.omit_users:
            omitted = audience.lines_of_all(parcel.omit_users)
        if parcel.omit_connection_id:
            omitted = omitted + self._row_of(parcel.omit_connection_id)
        if omitted:
            rows = without(rows, omitted)
        if parcel.only_users is not None:
            rows = array("i", [row for row in rows if self._line(row).user_id in parcel.only_users])
        if parcel.for_admins is not None:
            rows = of_admins(self.lines, rows, parcel.for_admins)
        if parcel.about_user:
            rows = array("i", [row for row in rows if self._may_see(row, parcel.about_user)])
        if parcel.in_view:
            rows = in_view(self.lines, rows, audience.channels.find(parcel.channel_id))
        return rows

    def _row_of(self, connection_id: str) -> "array[int]":
        line = self._by_id.get(connection_id)
        return NOBODY if line is None else array("i", [line.row])

    def _may_see(self, row: int, user_id: str) -> bool:
        line = self._line(row)
        return not line.is_guest or line.user_id == user_id or self.audience.share_a_channel(line.user_id, user_id)

    def look_at(self, line: Line, place: int, channel_id: str) -> None:
        """The client told which channel one of its three places shows; empty for none."""
        if line.row >= 0:
            self.lines.places[line.row * 3 + place] = self.audience.channels.find(channel_id)

    # slow sockets ----------------------------------------------------------------------------------------------------
    def write(self, line: Line, frames: bytes) -> None:
        """Sends whole frames that are not events (replies, pongs) in turn with the events."""
        sent = line.write(frames)
        if sent < len(frames):
            self._block(line, frames[sent:])

    def _block(self, line: Line, rest: bytes) -> None:
        if line.row >= 0 and not line.is_parked:
            self.lines.flags[line.row] = BLOCKED
        if line.queue(rest) and self._nursery is not None:
            self._nursery.start_soon(self._drain, line, name="slow socket")

    def _queue_event(self, line: Line, text: Text, event: int, droppable: bool) -> None:
        if not line.has_room(droppable):
            return
        number = self.lines.numbers[line.row]
        self.lines.numbers[line.row] = number + 1
        self.lines.rings[line.row * RING + number % RING] = event
        self.write(line, self._frame(line, text, number))

    async def _drain(self, line: Line) -> None:
        """Brings a slow socket up to date; then its line is written to directly again."""
        if await line.drain() and line.row >= 0 and not line.is_parked and line.fd >= 0:
            self.lines.flags[line.row] = DIRECT
