"""Makes direct and group channels, or finds those that the same people have, and converts groups."""

import hashlib

from msgspec.structs import replace

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.features.identity.users.service import get_users
from mmfast.features.identity.users.types import User
from mmfast.features.spaces.channel_members import service as members
from mmfast.features.spaces.channel_members.store import list_active_user_ids
from mmfast.features.spaces.channels import store as channels
from mmfast.features.spaces.channels.errors import CHANNEL_EXISTS
from mmfast.features.spaces.channels.events import (
    GROUP_CONVERTED,
    ChannelConverted,
    ChannelUpdated,
    DirectAdded,
    GroupAdded,
    GroupConverted,
)
from mmfast.features.spaces.channels.service import new_channel, require_valid
from mmfast.features.spaces.channels.types import DIRECT, GROUP, PRIVATE, Channel, ChannelCreate
from mmfast.features.spaces.direct_channels import errors, store
from mmfast.features.spaces.direct_channels.types import Conversion
from mmfast.features.spaces.teams.store import find_common_team_ids

MIN_GROUP = 3
MAX_GROUP = 8


def direct_name(user_id: str, other_id: str) -> str:
    """The name of the direct channel of two users, in whichever order."""
    return "__".join(sorted((user_id, other_id)))


def group_name(user_ids: list[str]) -> str:
    """The name of the group channel of these users, in whichever order."""
    return hashlib.sha1("".join(sorted(user_ids)).encode(), usedforsecurity=False).hexdigest()


async def create_direct_channel(ctx: Context, user_id: str, other_id: str) -> Channel:
    """The direct channel of the two, made if they have none. Both may be the same user."""
    name = direct_name(user_id, other_id)
    existing = await channels.find_channel_by_name(ctx.db, "", name, True)
    if existing is not None:
        return existing
    people = await get_users(ctx, [user_id] if user_id == other_id else [user_id, other_id])
    if len(people) != len({user_id, other_id}):
        raise errors.USER_UNKNOWN()
    if ctx.config.TeamSettings.RestrictDirectMessage == "team" and user_id != other_id:
        bots = any(user.is_bot for user in people)
        if not bots and not await find_common_team_ids(ctx.db, [user_id, other_id]):
            raise errors.NO_COMMON_TEAM()
    channel, made = await _create(ctx, ChannelCreate(type=DIRECT, name=name), user_id, people)
    if made:
        ctx.announce(DirectAdded(creator_id=user_id, teammate_id=other_id).to(channel_id=channel.id))
    return channel


async def create_group_channel(ctx: Context, user_ids: list[str]) -> Channel:
    """The group channel of these users, made if they have none."""
    if not MIN_GROUP <= len(user_ids) <= MAX_GROUP:
        raise errors.GROUP_SIZE()
    people = await get_users(ctx, user_ids)
    if len(people) != len(user_ids):
        raise errors.GROUP_USER_UNKNOWN()
    name = group_name(user_ids)
    existing = await channels.find_channel_by_name(ctx.db, "", name, True)
    if existing is not None:
        return existing
    display_name = ", ".join(sorted(user.username for user in people))[:64]
    channel, made = await _create(ctx, ChannelCreate(type=GROUP, name=name, display_name=display_name), "", people)
    if made:
        for user_id in user_ids:
            ctx.announce(GroupAdded(teammate_ids=user_ids).to(user_id=user_id, channel_id=channel.id))
    return channel


async def _create(ctx: Context, wanted: ChannelCreate, creator_id: str, people: list[User]) -> tuple[Channel, bool]:
    """The channel, and whether it was made now: somebody else may have been quicker."""
    channel = new_channel(wanted, creator_id)
    channel.shared = False
    async with ctx.transaction() as db:
        if await channels.insert_channel(db, channel):
            await members.enter(ctx, channel, [members.new_member(channel, user) for user in people])
            return channel, True
    found = await channels.find_channel_by_name(ctx.db, "", wanted.name, True)
    if found is None:
        raise CHANNEL_EXISTS(name=wanted.name)
    return found, False


async def list_common_team_ids(ctx: Context, channel: Channel) -> list[str]:
    """The teams in which all of the group are."""
    if channel.type != GROUP:
        raise errors.NOT_A_GROUP()
    return await find_common_team_ids(ctx.db, await list_active_user_ids(ctx.db, channel.id))


async def convert_group(ctx: Context, group: Channel, wanted: Conversion) -> Channel:
    """Makes the group a private channel of a team, with who asks for it as its admin."""
    now = now_ms()
    channel = replace(
        group,
        type=PRIVATE,
        team_id=wanted.team_id,
        name=wanted.name.strip(),
        display_name=wanted.display_name.strip(),
        update_at=now,
    )
    require_valid(channel)
    async with ctx.transaction() as db:
        if not await channels.update_channel(db, channel):
            raise CHANNEL_EXISTS(name=channel.name)
        ctx.invalidate(channels.CHANNELS, channel.id)
        await channels.forget_sidebar(db, channel.id)
        await store.make_admin(db, channel.id, ctx.user_id)
        ctx.invalidate(members.CHANNEL_MEMBERSHIPS, channel.id + ctx.user_id)
        people = await get_users(ctx, await list_active_user_ids(db, channel.id))
        await GROUP_CONVERTED.run(ctx, GroupConverted(channel, people, ctx.user_id))
        ctx.announce(ChannelUpdated(channel=channel).to(channel_id=channel.id))
        ctx.announce(ChannelConverted(channel_id=channel.id).to(channel_id=channel.id))
    return channel
