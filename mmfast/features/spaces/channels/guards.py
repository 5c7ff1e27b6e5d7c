"""Who may do what in a channel: by the roles held there, else by the team's, else by the system's."""

from typing import Any

from mmfast.api.context import Context
from mmfast.api.decoding import BodyError, read_body
from mmfast.api.errors import INVALID_BODY_PARAM, PERMISSION
from mmfast.core.ids import is_valid_id
from mmfast.features.identity.roles.service import may, roles_grant
from mmfast.features.spaces.channel_members.service import get_roles, is_member
from mmfast.features.spaces.channels import errors, service
from mmfast.features.spaces.channels.types import (
    DIRECT,
    GROUP,
    PRIVATE,
    PUBLIC,
    ByName,
    Channel,
    ChannelCreate,
    ChannelPatch,
    ChannelUpdate,
    Move,
)
from mmfast.features.spaces.teams.guards import may_in_team
from mmfast.features.spaces.teams.service import get_team, get_team_by_name
from mmfast.features.spaces.teams.store import find_common_team_ids


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
        raise errors.DIRECT_TYPE()
    needed = {PUBLIC: "create_public_channel", PRIVATE: "create_private_channel"}.get(body.type)
    if needed and not await may_in_team(ctx, body.team_id, needed):
        raise PERMISSION(detail=f"needs {needed} in the team")


async def may_get_channel(ctx: Context, channel_id: str) -> Channel:
    """Members read their channel, and a public one is read by its whole team. Gives the row with its counters."""
    channel = await service.read_channel(ctx, channel_id)
    if not await may_read_channel(ctx, channel):
        raise PERMISSION(detail="needs read_channel in the channel")
    return channel


_MANAGE_PROPERTIES = {PUBLIC: "manage_public_channel_properties", PRIVATE: "manage_private_channel_properties"}
_DELETE = {PUBLIC: "delete_public_channel", PRIVATE: "delete_private_channel"}
_CONVERT_TO = {PRIVATE: "convert_public_channel_to_private", PUBLIC: "convert_private_channel_to_public"}


async def _require_by_type(ctx: Context, channel: Channel, permissions: dict[str, str]) -> None:
    needed = permissions[channel.type]
    if not await may_in_this_channel(ctx, channel, needed):
        raise PERMISSION(detail=f"needs {needed} in the channel")


async def _require_in_direct(ctx: Context, channel: Channel) -> None:
    """Only its people change a direct or group channel, and only while the server lets them talk."""
    if not await is_member(ctx, channel.id, ctx.user_id):
        raise errors.NOT_IN_DIRECT()
    if ctx.config.TeamSettings.RestrictDirectMessage == "team" and channel.type == DIRECT:
        people = [ctx.user_id, channel.other_user_id(ctx.user_id)]
        if not await find_common_team_ids(ctx.db, people):
            raise errors.DIRECT_RESTRICTED()


async def may_update_channel(ctx: Context, channel_id: str, body: ChannelUpdate) -> Channel:
    """Who may manage its properties; of a direct or group channel, its people."""
    if body.id != channel_id:
        raise INVALID_BODY_PARAM(name="channel_id")
    channel = await service.read_channel(ctx, channel_id)
    if channel.is_direct_or_group:
        await _require_in_direct(ctx, channel)
        if body.display_name or body.name or body.purpose:
            raise errors.DIRECT_NOT_REPLACED()
    else:
        await _require_by_type(ctx, channel, _MANAGE_PROPERTIES)
    return channel


async def may_patch_channel(ctx: Context, channel_id: str, body: ChannelPatch | None) -> Channel:
    """As `may_update_channel`; the banner and translation are permissions of their own."""
    if body is None:
        raise INVALID_BODY_PARAM(name="channel")
    channel = await service.read_channel(ctx, channel_id)
    if body.autotranslation is not None:
        raise errors.TRANSLATION_UNAVAILABLE()
    if channel.is_direct_or_group:
        await _require_in_direct(ctx, channel)
        if body.display_name is not None or body.name is not None or body.purpose is not None:
            raise errors.DIRECT_HAS_HEADER_ONLY()
        return channel
    if body.banner_info is not None:
        needed = "manage_public_channel_banner" if channel.type == PUBLIC else "manage_private_channel_banner"
        if not await may_in_this_channel(ctx, channel, needed):
            raise PERMISSION(detail=f"needs {needed} in the channel")
        raise errors.BANNER_NEEDS_LICENSE()
    await _require_by_type(ctx, channel, _MANAGE_PROPERTIES)
    if body == ChannelPatch():
        raise errors.NO_CHANGES()
    return channel


async def may_update_privacy(ctx: Context, channel_id: str, body: dict[str, Any]) -> Channel:
    """Making public channels private and private ones public are two permissions."""
    privacy = body.get("privacy")
    if privacy not in (PUBLIC, PRIVATE):
        raise INVALID_BODY_PARAM(name="privacy")
    channel = await service.read_channel(ctx, channel_id)
    if channel.is_direct_or_group or not await may_in_this_channel(ctx, channel, _CONVERT_TO[privacy]):
        raise PERMISSION(detail=f"needs {_CONVERT_TO[privacy]} in the channel")
    return channel


async def may_delete_channel(ctx: Context, channel_id: str) -> Channel:
    """Archiving public and private channels are permissions in them."""
    channel = await service.read_channel(ctx, channel_id)
    if channel.is_direct_or_group:
        raise errors.DIRECT_NOT_ARCHIVED()
    await _require_by_type(ctx, channel, _DELETE)
    return channel


async def may_restore_channel(ctx: Context, channel_id: str) -> Channel:
    """Restoring is for who manages the team."""
    channel = await service.read_channel(ctx, channel_id)
    if not await may_in_team(ctx, channel.team_id, "manage_team"):
        raise PERMISSION(detail="needs manage_team in the team")
    return channel


async def may_move_channel(ctx: Context, channel_id: str, body: bytes) -> Move:
    """Moving channels between teams is for the system's administrators. The channel is looked at before the body."""
    channel = await service.read_channel(ctx, channel_id)
    try:
        wanted = read_body(body, dict[str, Any])
    except BodyError:
        raise INVALID_BODY_PARAM(name="body") from None
    team_id, force = wanted.get("team_id"), wanted.get("force")
    if not isinstance(team_id, str):
        raise INVALID_BODY_PARAM(name="team_id")
    if not isinstance(force, bool):
        raise INVALID_BODY_PARAM(name="force")
    team = await get_team(ctx, team_id)
    if channel.is_direct_or_group:
        raise errors.DIRECT_NOT_MOVED()
    if not await may(ctx, "manage_system"):
        raise PERMISSION(detail="needs manage_system")
    return Move(channel, team, force)


async def may_get_by_name(ctx: Context, team_id: str, channel_name: str, query: ByName) -> Channel:
    """A channel asked for by name: a public one is refused, a private one hidden from who may not know of it.

    Team administrators find private channels that they are not in, so that they can join them.
    """
    channel = await service.get_channel_by_name(ctx, team_id, channel_name, include_deleted=query.include_deleted)
    if channel.type == PUBLIC:
        if not await may_read_channel(ctx, channel):
            raise PERMISSION(detail="needs read_public_channel in the team")
        return channel
    if await may_in_this_channel(ctx, channel, "read_channel"):
        return channel
    if not channel.team_id or not await may_in_team(ctx, channel.team_id, "manage_team"):
        raise errors.CHANNEL_NAME_NOT_FOUND(name=channel.name)
    return channel


async def may_get_by_names(ctx: Context, team_name: str, channel_name: str, query: ByName) -> Channel:
    """As `may_get_by_name`, with the team's name."""
    return await may_get_by_name(ctx, (await get_team_by_name(ctx, team_name)).id, channel_name, query)
