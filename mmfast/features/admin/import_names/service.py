"""Finds what names mean, many at a time, and remembers it for the length of an import.

What a batch has made is told by `keep_*` once it is written. An import whose batch fails ends, so nothing untrue stays.
"""

from collections.abc import Iterable, Sequence

from mmfast.api.context import Context
from mmfast.features.admin.import_lines import errors
from mmfast.features.admin.import_names import store
from mmfast.features.admin.import_names.types import Person
from mmfast.features.spaces.channels.types import Channel
from mmfast.features.spaces.direct_channels.service import direct_name, group_name
from mmfast.features.spaces.schemes.types import Scheme
from mmfast.features.spaces.teams.types import Team


class Names:
    """Teams, channels, people and schemes by name."""

    def __init__(self) -> None:
        self.line = 0
        """The line that is being worked at, for telling where it went wrong."""
        self._teams: dict[str, Team] = {}
        self._channels: dict[tuple[str, str], Channel] = {}
        self._people: dict[str, Person] = {}
        self._schemes: dict[str, Scheme] = {}

    async def load_teams(self, ctx: Context, names: Iterable[str]) -> None:
        """Looks up those of the teams that are not known yet."""
        missing = {name.lower() for name in names} - self._teams.keys()
        for team in await store.list_teams(ctx.db, sorted(missing)) if missing else []:
            self.keep_team(team)

    async def load_channels(self, ctx: Context, names: Iterable[tuple[str, str]]) -> None:
        """Looks up channels by the names of their teams, which are known, and their own."""
        keys = {(self.team(team).id, name.lower()) for team, name in names}
        await self._load_channels(ctx, keys)

    async def load_direct_channels(self, ctx: Context, members: Iterable[Sequence[str]]) -> None:
        """Looks up direct and group channels by the ids of their people."""
        await self._load_channels(ctx, {("", direct_channel_name(ids)) for ids in members})

    async def _load_channels(self, ctx: Context, keys: set[tuple[str, str]]) -> None:
        missing = keys - self._channels.keys()
        for channel in await store.list_channels(ctx.db, sorted(missing)) if missing else []:
            self.keep_channel(channel)

    async def load_people(self, ctx: Context, usernames: Iterable[str]) -> None:
        """Looks up those of the people who are not known yet."""
        missing = {name.lower() for name in usernames} - self._people.keys()
        for person in await store.list_people(ctx.db, sorted(missing)) if missing else []:
            self.keep_person(person)

    async def load_schemes(self, ctx: Context, names: Iterable[str]) -> None:
        """Looks up those of the schemes that are not known yet."""
        missing = set(names) - self._schemes.keys()
        for scheme in await store.list_schemes(ctx.db, sorted(missing)) if missing else []:
            self.keep_scheme(scheme)

    def keep_team(self, team: Team) -> None:
        """Remembers a team as it is now."""
        self._teams[team.name] = team

    def keep_channel(self, channel: Channel) -> None:
        """Remembers a channel as it is now."""
        self._channels[channel.team_id, channel.name] = channel

    def keep_person(self, person: Person) -> None:
        """Remembers an account as it is now."""
        self._people[person.username] = person

    def keep_scheme(self, scheme: Scheme) -> None:
        """Remembers a scheme as it is now."""
        self._schemes[scheme.name] = scheme

    def find_team(self, name: str) -> Team | None:
        """The team, if it has been looked up and is there."""
        return self._teams.get(name.lower())

    def find_channel(self, team_id: str, name: str) -> Channel | None:
        """The channel, if it has been looked up and is there."""
        return self._channels.get((team_id, name.lower()))

    def find_direct_channel(self, ids: Sequence[str]) -> Channel | None:
        """The direct or group channel of these people, if it has been looked up and is there."""
        return self._channels.get(("", direct_channel_name(ids)))

    def find_person(self, username: str) -> Person | None:
        """The account, if it has been looked up and is there."""
        return self._people.get(username.lower())

    def find_scheme(self, name: str) -> Scheme | None:
        """The scheme, if it has been looked up and is there."""
        return self._schemes.get(name)

    def team(self, name: str) -> Team:
        """The team, which has been looked up."""
        team = self.find_team(name)
        if team is None:
            raise errors.TEAMS_NOT_FOUND(team=name)
        return team

    def channel(self, team: Team, name: str) -> Channel:
        """The channel, which has been looked up."""
        channel = self.find_channel(team.id, name)
        if channel is None:
            raise errors.CHANNEL_NOT_FOUND(channel=name)
        return channel

    def person(self, username: str) -> Person:
        """The account, which has been looked up."""
        person = self.find_person(username)
        if person is None:
            raise errors.USERS_NOT_FOUND(user=username)
        return person


def direct_channel_name(ids: Sequence[str]) -> str:
    """The name of the channel of these people: of one with oneself, of two, or of a group."""
    each = sorted(set(ids))
    return group_name(each) if len(each) > 2 else direct_name(each[0], each[-1])
