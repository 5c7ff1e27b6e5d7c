"""Who may make direct and group channels, and convert groups."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM, PERMISSION
from mmfast.core.ids import is_valid_id
from mmfast.features.identity.roles.service import may, require
from mmfast.features.identity.users.guards import require_visible
from mmfast.features.spaces.channel_members.service import get_member
from mmfast.features.spaces.channels.service import read_channel
from mmfast.features.spaces.channels.types import Channel
from mmfast.features.spaces.direct_channels import errors, service
from mmfast.features.spaces.direct_channels.types import Conversion, Pair
from mmfast.features.spaces.teams.guards import require_in_team


async def may_create_direct(ctx: Context, body: list[str]) -> Pair:
    """Making direct channels is a permission; between others, the system administrators'."""
    if not 1 <= len(body) <= 2 or not all(is_valid_id(user_id) for user_id in body):
        raise INVALID_BODY_PARAM(name="user_ids")
    if len(body) == 1 and body[0] != ctx.user_id:
        raise INVALID_BODY_PARAM(name="user_ids")
    await require(ctx, "create_direct_channel")
    if ctx.user_id not in body and not await may(ctx, "manage_system"):
        raise PERMISSION(detail="needs manage_system")
    for user_id in body:
        await require_visible(ctx, user_id)
    first, last = body[0], body[-1]
    return Pair(last, first) if last == ctx.user_id else Pair(first, last)


async def may_create_group(ctx: Context, body: list[str]) -> list[str]:
    """Making groups is a permission. Gives the people, with who asks among them."""
    if not body or not all(is_valid_id(user_id) for user_id in body):
        raise INVALID_BODY_PARAM(name="user_ids")
    await require(ctx, "create_group_channel")
    for user_id in body:
        await require_visible(ctx, user_id)
    return list(dict.fromkeys([*body, ctx.user_id]))


async def may_convert_group(ctx: Context, channel_id: str, body: Conversion) -> Channel:
    """The group's people convert it, into a team in which they all are and they may make private channels."""
    if body.channel_id != channel_id:
        raise INVALID_BODY_PARAM(name="channel_id")
    channel = await read_channel(ctx, channel_id)
    if (await get_member(ctx, channel, ctx.user_id)).scheme_guest:
        raise errors.GUESTS_CONVERT_NOTHING()
    await require_in_team(ctx, body.team_id, "create_private_channel")
    if body.team_id not in await service.list_common_team_ids(ctx, channel):
        raise errors.TEAM_NOT_COMMON()
    return channel
