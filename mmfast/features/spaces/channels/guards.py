"""Who may do what in a channel: by the roles held there, else by the team's, else by the system's."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM, PERMISSION
from mmfast.core.ids import is_valid_id
from mmfast.features.identity.roles.service import may, roles_grant
from mmfast.features.spaces.channel_members.service import get_roles
from mmfast.features.spaces.channels import service
from mmfast.features.spaces.channels.errors import DIRECT_TYPE
from mmfast.features.spaces.channels.types import DIRECT, GROUP, PRIVATE, PUBLIC, Channel, ChannelCreate
from mmfast.features.spaces.teams.guards import may_in_team


async def may_in_this_channel(ctx: Context, channel: Channel, permission: str) -> bool:
    """Whether the session holds the permission in the channel."""
    roles = await get_roles(ctx, channel, ctx.user_id)
    if roles and await roles_grant(ctx, roles, permission):
        return True
    if channel.team_id:
        return await may_in_team(ctx, channel.team_id, permission)
    return await may(ctx, permission)


async def may_in_channel(ctx: Context, channel_id: str, permission: str) -> bool:
    """Whether the session holds the permission in the channel; false where there is no such channel."""
    channel = await service.find_channel(ctx, channel_id)
    return channel is not None and await may_in_this_channel(ctx, channel, permission)


async def require_in_channel(ctx: Context, channel_id: str, permission: str) -> Channel:
    """The channel, refused to who lacks the permission in it."""
    channel = await service.get_channel(ctx, channel_id)
    if not await may_in_this_channel(ctx, channel, permission):
        raise PERMISSION(detail=f"needs {permission} in the channel")
    return channel


async def may_read_channel(ctx: Context, channel: Channel) -> bool:
    """Whether the session may know of the channel: its members, and the whole team where it is public."""
    if channel.type == PUBLIC and await may_in_team(ctx, channel.team_id, "read_public_channel"):
        return True
    return await may_in_this_channel(ctx, channel, "read_channel")


async def may_read_content(ctx: Context, channel: Channel) -> bool:
    """Whether the session may read the channel's posts: its members, and the whole team where it is public."""
    if await may_in_this_channel(ctx, channel, "read_channel_content"):
        return True
    return channel.type == PUBLIC and await may_in_team(ctx, channel.team_id, "read_public_channel")


async def require_content(ctx: Context, channel_id: str) -> Channel:
    """The channel, refused to who may not read its posts."""
    channel = await service.get_channel(ctx, channel_id)
    if not await may_read_content(ctx, channel):
        raise PERMISSION(detail="needs read_channel_content in the channel")
    return channel


async def may_create_channel(ctx: Context, body: ChannelCreate) -> None:
    """Making public and private channels are permissions in the team."""
    if not is_valid_id(body.team_id):
        raise INVALID_BODY_PARAM(name="team_id")
    if not body.display_name:
        raise INVALID_BODY_PARAM(name="display_name")
    if body.type in (DIRECT, GROUP):
        raise DIRECT_TYPE()
    needed = {PUBLIC: "create_public_channel", PRIVATE: "create_private_channel"}.get(body.type)
    if needed and not await may_in_team(ctx, body.team_id, needed):
        raise PERMISSION(detail=f"needs {needed} in the team")


async def may_get_channel(ctx: Context, channel_id: str) -> Channel:
    """Members read their channel, and a public one is read by its whole team. Gives the row with its counters."""
    channel = await service.read_channel(ctx, channel_id)
    if not await may_read_channel(ctx, channel):
        raise PERMISSION(detail="needs read_channel in the channel")
    return channel
