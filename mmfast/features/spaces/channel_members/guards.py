"""Who may see and change the members of a channel."""

from typing import Any

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM, PERMISSION
from mmfast.core.ids import is_valid_id
from mmfast.features.identity.roles.service import may, require
from mmfast.features.identity.users.service import get_user
from mmfast.features.spaces.channel_members import errors, service, store
from mmfast.features.spaces.channel_members.types import NewMembers
from mmfast.features.spaces.channels.guards import may_in_this_channel, may_read_channel
from mmfast.features.spaces.channels.service import find_channel, get_channel
from mmfast.features.spaces.channels.types import PUBLIC, Channel
from mmfast.features.spaces.schemes.types import SchemeRoles
from mmfast.features.spaces.teams.guards import require_in_team


async def may_read_members(ctx: Context, channel_id: str) -> Channel:
    """Members see who is in; so do administrators. A channel that there is not is refused alike."""
    channel = await find_channel(ctx, channel_id)
    if channel is None or not await may_in_this_channel(ctx, channel, "read_channel"):
        raise PERMISSION(detail="needs read_channel in the channel")
    return channel


async def may_read_members_by_ids(ctx: Context, channel_id: str, body: list[str]) -> Channel:
    """As `may_read_members`, after the body was found to name somebody."""
    if not body:
        raise INVALID_BODY_PARAM(name="user_ids")
    return await may_read_members(ctx, channel_id)


def _wanted_user_ids(body: dict[str, Any]) -> tuple[list[str], bool]:
    ids = body.get("user_ids")
    several = isinstance(ids, list)
    if not several:
        ids = [body.get("user_id")]
    assert isinstance(ids, list)
    if not all(isinstance(user_id, str) and is_valid_id(user_id) for user_id in ids):
        raise INVALID_BODY_PARAM(name="user_id")
    return list(dict.fromkeys(ids)), several


async def _wanted_thread(ctx: Context, channel_id: str, body: dict[str, Any]) -> str:
    root_id = body.get("post_root_id") or ""
    if not root_id:
        return ""
    if not isinstance(root_id, str) or not is_valid_id(root_id):
        raise INVALID_BODY_PARAM(name="post_root_id")
    thread_channel = await store.find_post_channel(ctx.db, root_id)
    if thread_channel is None:
        raise errors.THREAD_NOT_FOUND()
    if thread_channel != channel_id:
        raise INVALID_BODY_PARAM(name="post_root_id")
    return root_id


async def may_add_members(ctx: Context, channel_id: str, body: dict[str, Any]) -> NewMembers:
    """Who may join public channels joins one; adding others, and to a private channel, are permissions in it."""
    user_ids, several = _wanted_user_ids(body)
    root_id = await _wanted_thread(ctx, channel_id, body)
    channel = await get_channel(ctx, channel_id)
    if channel.is_direct_or_group:
        raise errors.TYPE_TAKES_NO_MEMBERS()
    joins = user_ids == [ctx.user_id]
    if channel.type == PUBLIC and joins and not await service.is_member(ctx, channel_id, ctx.user_id):
        await require_in_team(ctx, channel.team_id, "join_public_channels")
    elif not joins or channel.type != PUBLIC:
        needed = "manage_public_channel_members" if channel.type == PUBLIC else "manage_private_channel_members"
        if user_ids and not await may_in_this_channel(ctx, channel, needed):
            raise PERMISSION(detail=f"needs {needed} in the channel")
    return NewMembers(channel, user_ids, several, root_id)


async def may_remove_member(ctx: Context, channel_id: str, user_id: str) -> Channel:
    """Everybody leaves for themselves; removing others is a permission in the channel."""
    channel = await get_channel(ctx, channel_id)
    user = await get_user(ctx, user_id)
    if channel.is_direct_or_group:
        raise errors.TYPE_LOSES_NO_MEMBERS()
    if user_id != ctx.user_id:
        needed = "manage_public_channel_members" if channel.type == PUBLIC else "manage_private_channel_members"
        if not await may_in_this_channel(ctx, channel, needed):
            raise PERMISSION(detail=f"needs {needed} in the channel")
        if channel.group_constrained and not user.is_bot:
            raise errors.GROUP_MANAGED()
    return channel


async def may_change_roles(ctx: Context, channel_id: str, body: dict[str, Any]) -> Channel:
    """Changing roles is a permission in the channel."""
    if not isinstance(body.get("roles"), str):
        raise INVALID_BODY_PARAM(name="roles")
    return await _may_manage_roles(ctx, channel_id)


async def may_change_scheme_roles(ctx: Context, channel_id: str, body: SchemeRoles) -> Channel:
    """Changing roles is a permission in the channel."""
    return await _may_manage_roles(ctx, channel_id)


async def _may_manage_roles(ctx: Context, channel_id: str) -> Channel:
    channel = await find_channel(ctx, channel_id)
    if channel is None or not await may_in_this_channel(ctx, channel, "manage_channel_roles"):
        raise PERMISSION(detail="needs manage_channel_roles in the channel")
    return channel


async def may_act_for(ctx: Context, user_id: str) -> None:
    """Everybody for themselves, and who may edit others."""
    if user_id != ctx.user_id and not await may(ctx, "edit_other_users"):
        raise PERMISSION(detail="needs edit_other_users")


async def may_read_memberships(ctx: Context, team_id: str, user_id: str) -> None:
    """One's own in a team that one may see, or others' with the permission over the system."""
    await require_in_team(ctx, team_id, "view_team")
    if user_id != ctx.user_id:
        await require(ctx, "manage_system")


async def may_count_members(ctx: Context, body: list[str]) -> None:
    """Whoever may know of each of the channels."""
    for channel_id in dict.fromkeys(body):
        if not await may_read_channel(ctx, await get_channel(ctx, channel_id)):
            raise PERMISSION(detail="needs read_channel in the channels")
