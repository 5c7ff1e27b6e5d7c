"""Who is connected, and to what they belong, as arrays of small integers.

Users, channels and teams that have somebody connected get a number; a channel's entry is the sorted array of the lines
(see `mmfast.hot.Lines`) whose users are members. The database is asked once, when a user's first line opens; from
then on signals keep the index true. Nothing here decides who may hear what.
"""

from array import array
from bisect import bisect_left, insort
from collections.abc import Iterable

NOBODY: "array[int]" = array("i")
"""The empty recipient list; never changed."""

ELSEWHERE = -2
"""The number of a place without anybody connected: no channel has it."""


def contains(numbers: "array[int]", number: int) -> bool:
    """Whether a sorted array has the number."""
    at = bisect_left(numbers, number)
    return at < len(numbers) and numbers[at] == number


def discard(numbers: "array[int]", number: int) -> None:
    """Takes the number out of a sorted array, if it is there."""
    at = bisect_left(numbers, number)
    if at < len(numbers) and numbers[at] == number:
        del numbers[at]


def add(numbers: "array[int]", number: int) -> None:
    """Puts the number into a sorted array, once."""
    if not contains(numbers, number):
        insort(numbers, number)


class Places:
    """Channels or teams: id to number, number to the lines of the members. Numbers without lines are reused."""

    __slots__ = ("_free", "_ids", "_lines", "_numbers")

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._ids: list[str] = []
        self._lines: list[array[int]] = []
        self._free: list[int] = []

    def __len__(self) -> int:
        return len(self._numbers)

    def find(self, place_id: str) -> int:
        """The place's number, or ELSEWHERE."""
        return self._numbers.get(place_id, ELSEWHERE)

    def lines(self, place_id: str) -> "array[int]":
        """The members' lines, sorted. Not to be changed."""
        number = self._numbers.get(place_id)
        return NOBODY if number is None else self._lines[number]

    def take(self, place_id: str) -> int:
        """The place's number, given now if it has none."""
        number = self._numbers.get(place_id)
        if number is None:
            if self._free:
                number = self._free.pop()
                self._ids[number] = place_id
            else:
                number = len(self._ids)
                self._ids.append(place_id)
                self._lines.append(array("i"))
            self._numbers[place_id] = number
        return number

    def id_of(self, number: int) -> str:
        """The id of a number in use."""
        return self._ids[number]

    def add_line(self, number: int, line: int) -> None:
        """A member's line opened."""
        add(self._lines[number], line)

    def drop_line(self, number: int, line: int) -> None:
        """A member's line closed."""
        lines = self._lines[number]
        discard(lines, line)
        if not lines:
            # The array goes too: one that was long keeps its room.
            self._lines[number] = array("i")
            del self._numbers[self._ids[number]]
            self._free.append(number)


class Member:
    """A user with at least one line, and the numbers of their channels and teams."""

    __slots__ = ("channels", "lines", "teams")

    def __init__(self) -> None:
        self.lines: array[int] = array("i")
        self.channels: array[int] = array("i")
        self.teams: array[int] = array("i")


class Audience:
    """The index of one worker."""

    def __init__(self) -> None:
        self.users: dict[str, Member] = {}
        self.channels = Places()
        self.teams = Places()
        self.everybody: array[int] = array("i")

    def lines_of(self, user_id: str) -> "array[int]":
        """The user's lines. Not to be changed."""
        member = self.users.get(user_id)
        return NOBODY if member is None else member.lines

    def lines_of_all(self, user_ids: Iterable[str]) -> "array[int]":
        """The lines of several users."""
        found = array("i")
        for user_id in user_ids:
            found.extend(self.lines_of(user_id))
        return found

    def open(self, user_id: str, line: int, channel_ids: Iterable[str], team_ids: Iterable[str]) -> None:
        """A user's first line opens."""
        member = self.users[user_id] = Member()
        member.lines.append(line)
        insort(self.everybody, line)
        member.channels = array("i", sorted({self.channels.take(c) for c in channel_ids}))
        member.teams = array("i", sorted({self.teams.take(t) for t in team_ids}))
        for number in member.channels:
            self.channels.add_line(number, line)
        for number in member.teams:
            self.teams.add_line(number, line)

    def open_another(self, user_id: str, line: int) -> None:
        """A further line of a user who has one opens."""
        member = self.users[user_id]
        insort(member.lines, line)
        insort(self.everybody, line)
        for number in member.channels:
            self.channels.add_line(number, line)
        for number in member.teams:
            self.teams.add_line(number, line)

    def close(self, user_id: str, line: int) -> None:
        """A line closes; after the user's last one nothing is known of the user."""
        member = self.users[user_id]
        discard(member.lines, line)
        discard(self.everybody, line)
        for number in member.channels:
            self.channels.drop_line(number, line)
        for number in member.teams:
            self.teams.drop_line(number, line)
        if not member.lines:
            del self.users[user_id]

    def join_channel(self, user_id: str, channel_id: str) -> None:
        """The user became a member."""
        member = self.users.get(user_id)
        if member is not None:
            _join(self.channels, member.channels, channel_id, member.lines)

    def leave_channel(self, user_id: str, channel_id: str) -> None:
        """The user is no longer a member."""
        member = self.users.get(user_id)
        if member is not None:
            _leave(self.channels, member.channels, channel_id, member.lines)

    def join_team(self, user_id: str, team_id: str) -> None:
        """The user became a member."""
        member = self.users.get(user_id)
        if member is not None:
            _join(self.teams, member.teams, team_id, member.lines)

    def leave_team(self, user_id: str, team_id: str) -> None:
        """The user is no longer a member."""
        member = self.users.get(user_id)
        if member is not None:
            _leave(self.teams, member.teams, team_id, member.lines)

    def drop_channel(self, channel_id: str) -> None:
        """The channel is gone."""
        number = self.channels.find(channel_id)
        if number == ELSEWHERE:
            return
        here = set(self.channels.lines(channel_id))
        for member in self.users.values():
            if member.lines and member.lines[0] in here:
                _leave(self.channels, member.channels, channel_id, member.lines)

    def is_in_channel(self, user_id: str, channel_id: str) -> bool:
        """Whether the user, who must have a line, is a member."""
        member = self.users.get(user_id)
        return member is not None and contains(member.channels, self.channels.find(channel_id))

    def share_a_channel(self, one: str, other: str) -> bool:
        """Whether two users with lines have a channel in common."""
        first, second = self.users.get(one), self.users.get(other)
        if first is None or second is None:
            return False
        return not set(first.channels).isdisjoint(second.channels)


def _join(places: Places, joined: "array[int]", place_id: str, lines: "array[int]") -> None:
    number = places.take(place_id)
    add(joined, number)
    for line in lines:
        places.add_line(number, line)


def _leave(places: Places, joined: "array[int]", place_id: str, lines: "array[int]") -> None:
    number = places.find(place_id)
    if not contains(joined, number):
        return
    discard(joined, number)
    for line in lines:
        places.drop_line(number, line)
