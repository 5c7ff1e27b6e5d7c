"""Lets people into channels and out again, and knows who holds which roles in a channel."""

from typing import Final

import msgspec
from msgspec import Raw

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.features.identity.system_roles.service import GUEST_PROMOTED
from mmfast.features.identity.users.service import get_user
from mmfast.features.identity.users.types import User
from mmfast.features.spaces.channel_members import errors, store
from mmfast.features.spaces.channel_members.types import (
    DEFAULT_NOTIFY_PROPS,
    NOTIFY_PROPS,
    ChannelMember,
    TeamChannelMember,
)
from mmfast.features.spaces.channels.events import (
    MEMBER_ADDED,
    MEMBER_REMOVED,
    ChannelMemberUpdated,
    MemberAdded,
    MemberRemoved,
    UserAdded,
    UserRemoved,
)
from mmfast.features.spaces.channels.store import CHANNELS, find_channels
from mmfast.features.spaces.channels.types import DEFAULT_CHANNEL, Channel
from mmfast.features.spaces.schemes.service import get_channel_role_names, split_roles
from mmfast.features.spaces.schemes.types import CHANNEL_ROLES, OUTSIDER, Membership, RoleNames, SchemeRoles
from mmfast.features.spaces.teams.service import find_team
from mmfast.features.spaces.teams.service import get_member as get_team_member
from mmfast.platform.cache import CacheKind
from mmfast.realtime.signals import ChannelJoined, ChannelLeft

CHANNEL_MEMBERSHIPS: CacheKind[str, Membership] = CacheKind("channel_memberships", size=500_000)
"""By channel id followed by user id."""

_NEW_NOTIFY_PROPS = Raw(msgspec.json.encode(DEFAULT_NOTIFY_PROPS))

AUTO_FOLLOW: Final = "channel_auto_follow_threads"
AUTO_FOLLOWERS: CacheKind[str, frozenset[str]] = CacheKind("channel_auto_followers", size=100_000)
"""By channel. Mostly empty, and asked for with every reply."""


async def find_membership(ctx: Context, channel_id: str, user_id: str) -> Membership:
    """What permission checks need of the member; `OUTSIDER` for who is not in."""

    async def load() -> Membership:
        member = await store.find_member(ctx.db, channel_id, user_id)
        return OUTSIDER if member is None else Membership.of(member)

    return await ctx.cached(CHANNEL_MEMBERSHIPS, channel_id + user_id, load)


async def is_member(ctx: Context, channel_id: str, user_id: str) -> bool:
    """Whether the user is in the channel."""
    return (await find_membership(ctx, channel_id, user_id)).present


async def get_role_names(ctx: Context, channel: Channel) -> RoleNames:
    """The roles that the channel's guests, members and admins hold."""
    team = await find_team(ctx, channel.team_id) if channel.team_id else None
    return await get_channel_role_names(ctx, channel.scheme_id, team.scheme_id if team else None)


async def get_roles(ctx: Context, channel: Channel, user_id: str) -> str:
    """All roles that the user holds in the channel, separated by spaces; "" for who is not in."""
    membership = await find_membership(ctx, channel.id, user_id)
    if not membership.present:
        return ""
    return membership.roles(await get_role_names(ctx, channel))


def fill_roles(member: ChannelMember, names: RoleNames) -> ChannelMember:
    """The member with `roles` filled in from the explicit ones and the scheme's `names`."""
    member.roles = names.added_to(
        member.explicit_roles, guest=member.scheme_guest, user=member.scheme_user, admin=member.scheme_admin
    )
    return member


async def find_member(ctx: Context, channel: Channel, user_id: str) -> ChannelMember | None:
    """The membership as it stands in the database, with its counters, or None."""
    member = await store.find_member(ctx.db, channel.id, user_id)
    return fill_roles(member, await get_role_names(ctx, channel)) if member else None


async def get_member(ctx: Context, channel: Channel, user_id: str) -> ChannelMember:
    """The membership as it stands in the database, with its counters."""
    member = await find_member(ctx, channel, user_id)
    if member is None:
        raise errors.MEMBER_NOT_FOUND(channel_id=channel.id, user_id=user_id)
    return member


def new_member(channel: Channel, user: User, *, admin: bool = False) -> ChannelMember:
    """A membership that is not written yet."""
    return ChannelMember(
        channel_id=channel.id,
        user_id=user.id,
        roles="",
        last_viewed_at=0,
        msg_count=0,
        mention_count=0,
        mention_count_root=0,
        urgent_mention_count=0,
        msg_count_root=0,
        notify_props=_NEW_NOTIFY_PROPS,
        last_update_at=now_ms(),
        scheme_guest=user.is_guest,
        scheme_user=not user.is_guest,
        scheme_admin=admin and not user.is_guest,
        explicit_roles="",
        autotranslation_disabled=False,
    )


def as_seen(ctx: Context, member: ChannelMember) -> ChannelMember:
    """The member without the times that concern nobody else."""
    if member.user_id != ctx.user_id:
        member.last_viewed_at = member.last_update_at = -1
    return member


async def fill_all_roles(ctx: Context, found: list[ChannelMember]) -> None:
    """Fills in `roles` of memberships in different channels."""

    async def load(missing: list[str]) -> dict[str, Channel]:
        return {channel.id: channel for channel in await find_channels(ctx.db, missing)}

    channels = await ctx.cached_many(CHANNELS, (member.channel_id for member in found), load)
    # Most channels share their names: looked up one by one, they would cost more than the rows of a busy user.
    names: dict[tuple[str | None, str], RoleNames] = {}
    for member in found:
        channel = channels.get(member.channel_id)
        if channel is None:
            fill_roles(member, CHANNEL_ROLES)
            continue
        schemes = (channel.scheme_id, channel.team_id)
        if schemes not in names:
            names[schemes] = await get_role_names(ctx, channel)
        fill_roles(member, names[schemes])


async def list_members(ctx: Context, channel: Channel, offset: int, limit: int) -> list[ChannelMember]:
    """A page of the channel's members as the caller may see them."""
    names = await get_role_names(ctx, channel)
    return [as_seen(ctx, fill_roles(m, names)) for m in await store.list_members(ctx.db, channel.id, offset, limit)]


async def list_members_by_ids(ctx: Context, channel: Channel, user_ids: list[str]) -> list[ChannelMember]:
    """Those of these users who are in the channel, as the caller may see them."""
    names = await get_role_names(ctx, channel)
    found = await store.list_members_by_ids(ctx.db, channel.id, user_ids)
    return [as_seen(ctx, fill_roles(member, names)) for member in found]


async def enter(ctx: Context, channel: Channel, members: list[ChannelMember]) -> list[str]:
    """Writes new memberships and opens the channel's events to them; gives the ids of those who were not in before.

    Tells clients and hooks nothing: that is for the caller, who knows how they came in.
    """
    added = await store.insert_members(ctx.db, members)
    for user_id in added:
        ctx.invalidate(CHANNEL_MEMBERSHIPS, channel.id + user_id)
        ctx.announce(ChannelJoined(channel.id, user_id))
    return added


async def add_member(
    ctx: Context, channel: Channel, user: User, *, actor_id: str = "", by_team: bool = False, root_id: str = ""
) -> ChannelMember:
    """Makes the user a member, on their own (no `actor_id`) or by another. A member already in stays as they are.

    `by_team` tells that they come in through joining the team, `root_id` from which thread they were added.
    """
    async with ctx.transaction():
        is_new = bool(await enter(ctx, channel, [new_member(channel, user)]))
        member = await get_member(ctx, channel, user.id)
        if is_new:
            added = UserAdded(user_id=user.id, team_id=channel.team_id)
            if by_team:
                ctx.announce(added.to(channel_id=channel.id))
            else:
                ctx.announce(added.to(channel_id=channel.id, omit_users=[user.id]))
                ctx.announce(added.to(user_id=user.id, channel_id=channel.id))
            await MEMBER_ADDED.run(ctx, MemberAdded(channel, user, actor_id or user.id, by_team, root_id))
        return member


async def admit(ctx: Context, channel: Channel, user_id: str, *, root_id: str = "") -> ChannelMember:
    """Adds a user of the channel's team at the caller's wish; refuses who is not in the team."""
    user = await get_user(ctx, user_id)
    if user.delete_at:
        raise errors.USER_DEACTIVATED(user_id=user_id)
    if (await get_team_member(ctx, channel.team_id, user_id)).delete_at:
        raise errors.LEFT_TEAM(user_id=user_id)
    if (
        channel.group_constrained
        and not user.is_bot
        and not await store.is_in_channel_groups(ctx.db, channel.id, user_id)
    ):
        raise errors.GROUPS_REFUSE()
    return await add_member(ctx, channel, user, actor_id=ctx.user_id, root_id=root_id)


async def remove_member(
    ctx: Context, channel: Channel, user: User, *, actor_id: str, by_team: bool = False, quietly: bool = False
) -> None:
    """Ends a membership. Leaving the default channel is refused unless the team is left or the user is a guest.

    `quietly` tells clients of it, but no post does.
    """
    if channel.name == DEFAULT_CHANNEL and not by_team and not user.is_guest:
        raise errors.DEFAULT_CHANNEL(channel=channel.name)
    async with ctx.transaction() as db:
        if not await store.delete_member(db, channel.id, user.id, now_ms()):
            raise errors.MEMBER_NOT_FOUND(channel_id=channel.id, user_id=user.id)
        ctx.invalidate(CHANNEL_MEMBERSHIPS, channel.id + user.id)
        ctx.announce(ChannelLeft(channel.id, user.id))
        if not quietly:
            await MEMBER_REMOVED.run(ctx, MemberRemoved(channel, user, actor_id, by_team))
        if not by_team:
            ctx.announce(UserRemoved(user_id=user.id, remover_id=actor_id).to(channel_id=channel.id))
            ctx.announce(UserRemoved(channel_id=channel.id, remover_id=actor_id).to(user_id=user.id))


async def leave_all(ctx: Context, team_id: str, user_id: str) -> None:
    """Ends the user's memberships in all channels of the team, without telling anybody."""
    for channel_id in await store.delete_memberships(ctx.db, team_id, user_id, now_ms()):
        ctx.invalidate(CHANNEL_MEMBERSHIPS, channel_id + user_id)
        ctx.announce(ChannelLeft(channel_id, user_id))


@GUEST_PROMOTED.register
async def follow_promotion(ctx: Context, user: User) -> None:
    """Who was a guest in the server is a user in all their channels."""
    for channel_id in await store.promote_guest(ctx.db, user.id, now_ms()):
        ctx.invalidate(CHANNEL_MEMBERSHIPS, channel_id + user.id)


async def update_roles(ctx: Context, channel: Channel, user_id: str, roles: str) -> None:
    """Sets a member's roles by their names; those that the scheme manages become its flags."""
    member = await get_member(ctx, channel, user_id)
    names = await get_role_names(ctx, channel)
    explicit, wanted = await split_roles(ctx, roles, names, errors.ROLE_UNKNOWN, errors.ROLE_OF_OTHER_SCHEME)
    if wanted.scheme_guest and wanted.scheme_user:
        raise errors.GUEST_AND_USER_ROLES()
    if wanted.scheme_guest != member.scheme_guest:
        raise errors.GUEST_CHANGES()
    member.explicit_roles = explicit
    await _write_roles(ctx, member, wanted, names)


async def update_scheme_roles(ctx: Context, channel: Channel, user_id: str, wanted: SchemeRoles) -> None:
    """Sets a member's roles by the scheme's flags; roles given by name stay."""
    member = await get_member(ctx, channel, user_id)
    if member.scheme_guest:
        raise errors.GUEST_FIXED()
    if wanted.scheme_guest:
        raise errors.GUEST_AND_USER_FLAGS()
    await _write_roles(ctx, member, wanted, await get_role_names(ctx, channel))


async def _write_roles(ctx: Context, member: ChannelMember, wanted: SchemeRoles, names: RoleNames) -> None:
    if not wanted.scheme_guest and not wanted.scheme_user:
        raise errors.USER_ROLE_UNSET()
    member.scheme_guest, member.scheme_user = wanted.scheme_guest, wanted.scheme_user
    member.scheme_admin = wanted.scheme_admin
    member.last_update_at = now_ms()
    await store.update_roles(ctx.db, member)
    ctx.invalidate(CHANNEL_MEMBERSHIPS, member.channel_id + member.user_id)
    ctx.announce(ChannelMemberUpdated(channelMember=fill_roles(member, names)).to(user_id=member.user_id))


async def list_auto_followers(ctx: Context, channel_id: str) -> frozenset[str]:
    """The members who follow every thread of the channel by their settings."""

    async def load() -> frozenset[str]:
        return frozenset(await store.list_members_with_prop(ctx.db, channel_id, AUTO_FOLLOW, "on"))

    return await ctx.cached(AUTO_FOLLOWERS, channel_id, load)


async def update_notify_props(ctx: Context, channel_id: str, user_id: str, wanted: dict[str, str]) -> None:
    """Changes a member's notification settings; keys that are none are passed over."""
    props = {key: wanted[key] for key in NOTIFY_PROPS if key in wanted}
    written = msgspec.json.encode(props).decode()
    if not await store.merge_notify_props(ctx.db, channel_id, user_id, written, now_ms()):
        raise errors.MEMBER_NOT_FOUND(channel_id=channel_id, user_id=user_id)
    if AUTO_FOLLOW in props:
        ctx.invalidate(AUTO_FOLLOWERS, channel_id)
    member = await store.find_member(ctx.db, channel_id, user_id)
    if member is None:
        return  # left meanwhile: there is nobody to tell
    await fill_all_roles(ctx, [member])
    ctx.announce(ChannelMemberUpdated(channelMember=member).to(user_id=user_id))


async def list_memberships_of_user(ctx: Context, user_id: str, offset: int, limit: int) -> list[TeamChannelMember]:
    """A page of the user's memberships in all teams, each with what one shows of its team."""
    rows = await store.list_all_memberships(ctx.db, user_id, offset, limit)
    await fill_all_roles(ctx, [member for member, *_ in rows])
    return [
        TeamChannelMember(
            **msgspec.structs.asdict(as_seen(ctx, member)),
            team_display_name=display_name,
            team_name=name,
            team_update_at=update_at,
        )
        for member, display_name, name, update_at in rows
    ]
