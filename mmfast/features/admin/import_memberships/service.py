"""Writes memberships and favourites. Nobody is told "has joined"; open connections hear of their new places."""

from collections.abc import Sequence
from typing import Final

import msgspec

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.errors import ErrorKind
from mmfast.features.admin.import_lines import errors
from mmfast.features.admin.import_lines.types import NotifyPropsLine, TeamMemberLine
from mmfast.features.admin.import_memberships import store
from mmfast.features.admin.import_memberships.types import ChannelMembership, TeamMembership
from mmfast.features.admin.import_names.service import Names
from mmfast.features.admin.import_names.types import Person
from mmfast.features.identity.preferences import store as preferences
from mmfast.features.identity.preferences.types import Preference
from mmfast.features.spaces.channel_members.service import CHANNEL_MEMBERSHIPS, get_role_names
from mmfast.features.spaces.channel_members.types import DEFAULT_NOTIFY_PROPS
from mmfast.features.spaces.channels.types import DEFAULT_CHANNEL, PUBLIC, Channel
from mmfast.features.spaces.schemes.service import get_team_role_names, split_roles
from mmfast.features.spaces.schemes.types import RoleNames, SchemeRoles
from mmfast.features.spaces.sidebar import store as sidebar
from mmfast.features.spaces.sidebar.service import FAVORITE_PREFERENCE
from mmfast.features.spaces.sidebar.types import initial_categories
from mmfast.features.spaces.teams.service import TEAM_MEMBERSHIPS
from mmfast.realtime.signals import ChannelJoined, TeamJoined

_NEW_PROPS: Final = msgspec.json.encode(DEFAULT_NOTIFY_PROPS).decode()


class Roles:
    """Parts roles as a file names them, each combination once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, RoleNames], tuple[str, SchemeRoles]] = {}

    async def part(
        self, ctx: Context, given: str | None, names: RoleNames, person: Person, kind: ErrorKind
    ) -> tuple[str, SchemeRoles]:
        """Explicit roles and flags. Without any given, an ordinary member's, or a guest's."""
        wanted = given or (names.guest if person.is_guest else names.user)
        if (wanted, names) not in self._known:
            self._known[wanted, names] = await split_roles(ctx, wanted, names, kind, kind)
        return self._known[wanted, names]


def props_of(line: NotifyPropsLine | None) -> str:
    """The notification settings of a member as they are stored; the file calls `push` mobile."""
    if line is None:
        return "{}"
    given = {
        "desktop": line.desktop,
        "push": line.mobile,
        "email": line.email,
        "mark_unread": line.mark_unread,
        "ignore_channel_mentions": line.ignore_channel_mentions,
        "channel_auto_follow_threads": line.channel_auto_follow_threads,
    }
    return msgspec.json.encode({name: value for name, value in given.items() if value}).decode()


async def save_memberships(
    ctx: Context, names: Names, wanted: Sequence[tuple[Person, Sequence[TeamMemberLine]]]
) -> None:
    """Makes people members of the teams and channels of their lines, and of each team's default channel."""
    roles, now = Roles(), now_ms()
    teams: dict[tuple[str, str], TeamMembership] = {}
    channels: dict[tuple[str, str], ChannelMembership] = {}
    favorites: dict[str, list[str]] = {}
    for person, lines in wanted:
        for line in lines:
            team = names.team(line.name or "")
            of_team = await get_team_role_names(ctx, team.scheme_id)
            explicit, flags = await roles.part(ctx, line.roles, of_team, person, errors.MEMBER_TEAM_ROLES)
            teams[team.id, person.id] = TeamMembership(
                team.id, person.id, explicit, flags.scheme_guest, flags.scheme_user, flags.scheme_admin
            )
            default = names.find_channel(team.id, DEFAULT_CHANNEL)
            if default is not None and not person.is_guest and not default.delete_at:
                channels[default.id, person.id] = _ordinary(default, person)
            for item in line.channels or []:
                channel = names.channel(team, item.name or "")
                of_channel = await get_role_names(ctx, channel)
                explicit, flags = await roles.part(ctx, item.roles, of_channel, person, errors.MEMBER_CHANNEL_ROLES)
                member = ChannelMembership(
                    channel.id, person.id, explicit, flags.scheme_guest, flags.scheme_user, flags.scheme_admin,
                    props_of(item.notify_props), given_roles=bool(item.roles),
                )  # fmt: skip
                member.take_counts(item)
                channels[channel.id, person.id] = member
                if item.favorite:
                    favorites.setdefault(person.id, []).append(channel.id)
    people = {person.id: person for person, _ in wanted}
    if teams:
        for team_id, user_id in await store.save_team_members(ctx.db, list(teams.values()), now):
            _tell_team(ctx, people[user_id], team_id)
    await enter(ctx, list(channels.values()), people)
    await save_favorites(ctx, favorites)


def _ordinary(channel: Channel, person: Person) -> ChannelMembership:
    return ChannelMembership(channel.id, person.id, "", person.is_guest, not person.is_guest, False)


def new_membership(channel: Channel, person: Person) -> ChannelMembership:
    """The membership of who gets in without roles of a file's."""
    assert channel.type != PUBLIC or channel.team_id
    return _ordinary(channel, person)


def _tell_team(ctx: Context, person: Person, team_id: str) -> None:
    if not person.new:
        ctx.invalidate(TEAM_MEMBERSHIPS, team_id + person.id)
        ctx.announce(TeamJoined(team_id, person.id))


async def enter(ctx: Context, members: Sequence[ChannelMembership], people: dict[str, Person]) -> None:
    """Makes people members of channels, or changes what is said of them there; `people` by id are all of these."""
    if not members:
        return
    for channel_id, user_id in await store.save_channel_members(ctx.db, members, _NEW_PROPS, now_ms()):
        if not people[user_id].new:
            ctx.announce(ChannelJoined(channel_id, user_id))
    for member in members:
        if not people[member.user_id].new:
            ctx.invalidate(CHANNEL_MEMBERSHIPS, member.channel_id + member.user_id)


async def save_favorites(ctx: Context, wanted: dict[str, list[str]]) -> None:
    """Puts channels first among their people's favourites, by user; those already there stay as they are."""
    if not wanted:
        return
    present = await store.list_favorites(ctx.db, list(wanted))
    new = {user: [c for c in ids if (user, c) not in present] for user, ids in wanted.items()}
    new = {user: ids for user, ids in new.items() if ids}
    if not new:
        return
    rows = [
        Preference(user, FAVORITE_PREFERENCE, channel_id, "true") for user, ids in new.items() for channel_id in ids
    ]
    await preferences.save(ctx.db, rows)
    categories = []
    for user, team_id in await store.list_team_ids(ctx.db, list(new)):
        categories += initial_categories(user, team_id)
    await sidebar.insert_categories(ctx.db, categories)
    for user, ids in new.items():
        await sidebar.add_favorites(ctx.db, user, ids)
