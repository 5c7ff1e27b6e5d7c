"""Who may read on whose behalf."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM, PERMISSION
from mmfast.core.ids import is_valid_id
from mmfast.features.identity.roles.service import require_user_or
from mmfast.features.spaces.channel_reading.types import ChannelView
from mmfast.features.spaces.channels.guards import may_in_channel


async def may_view(ctx: Context, user_id: str, body: ChannelView) -> None:
    """Everybody for themselves, and who may edit others."""
    await require_user_or(ctx, user_id)
    for name, channel_id in (("channel_id", body.channel_id), ("prev_channel_id", body.prev_channel_id)):
        if channel_id and not is_valid_id(channel_id):
            raise INVALID_BODY_PARAM(name=name)


async def may_mark_read(ctx: Context, user_id: str, body: list[str]) -> None:
    """Everybody for themselves, and who may edit others."""
    if not body:
        raise INVALID_BODY_PARAM(name="channel_ids")
    await require_user_or(ctx, user_id)


async def may_see_unread(ctx: Context, user_id: str, channel_id: str) -> None:
    """Who may read the channel: everybody for themselves, and who may edit others."""
    await require_user_or(ctx, user_id)
    if not await may_in_channel(ctx, channel_id, "read_channel"):
        raise PERMISSION(detail="needs read_channel in the channel")
