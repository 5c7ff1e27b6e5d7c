"""The routes of reading channels."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.features.spaces.channel_reading import guards, service
from mmfast.features.spaces.channel_reading.types import ChannelUnread, ChannelView, ViewedTimes


@operation("ViewChannel", "POST /channels/members/{user_id}/view", guard=guards.may_view)
async def view_channel(ctx: Context, user_id: str, body: ChannelView) -> ViewedTimes:
    """Tells that a channel is shown: it, and the one shown before, are read."""
    return ViewedTimes(await service.view_channels(ctx, user_id, body))


@operation("ReadMultipleChannels", "POST /channels/members/{user_id}/mark_read", guard=guards.may_mark_read)
async def read_multiple_channels(ctx: Context, user_id: str, body: list[str]) -> ViewedTimes:
    """Marks several channels read."""
    return ViewedTimes(await service.mark_read(ctx, user_id, body, with_threads=False))


@operation("GetChannelUnread", "GET /users/{user_id}/channels/{channel_id}/unread", guard=guards.may_see_unread)
async def get_channel_unread(ctx: Context, user_id: str, channel_id: str) -> ChannelUnread:
    """What a user has not read in a channel."""
    return await service.get_unread(ctx, channel_id, user_id)
