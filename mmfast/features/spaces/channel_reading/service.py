"""Marks channels read and tells the user's other clients."""

from contextlib import nullcontext

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.features.identity.statuses.service import remember_active_channel
from mmfast.features.spaces.channel_members.errors import MEMBER_NOT_FOUND
from mmfast.features.spaces.channel_reading import store
from mmfast.features.spaces.channel_reading.events import CHANNELS_VIEWED, ChannelsViewed, MultipleChannelsViewed
from mmfast.features.spaces.channel_reading.types import ChannelUnread, ChannelView


async def view_channels(ctx: Context, user_id: str, view: ChannelView) -> dict[str, int]:
    """Reads the channel shown now and the one shown before; gives until when each is read."""
    if user_id == ctx.user_id:
        remember_active_channel(ctx, user_id, view.channel_id)
    channel_ids = [channel_id for channel_id in (view.prev_channel_id, view.channel_id) if channel_id]
    return await mark_read(ctx, user_id, channel_ids, with_threads=not view.collapsed_threads_supported)


async def mark_read(ctx: Context, user_id: str, channel_ids: list[str], *, with_threads: bool) -> dict[str, int]:
    """Reads channels to their ends, and their threads if asked; channels that the user is not in are passed over."""
    if not channel_ids:
        return {}
    # Without threads a single statement does it all; a transaction around it would cost a second round trip.
    async with ctx.transaction() if with_threads else nullcontext():
        positions = await store.mark_read(ctx.db, user_id, channel_ids)
        times = {position.channel_id: position.last_post_at for position in positions}
        unread = [position.channel_id for position in positions if position.was_unread]
        if unread:
            if ctx.config.ServiceSettings.EnableChannelViewedMessages:
                ctx.announce(MultipleChannelsViewed(channel_times=times).to(user_id=user_id))
            await CHANNELS_VIEWED.run(ctx, ChannelsViewed(user_id, unread, now_ms(), with_threads))
    return times


async def get_unread(ctx: Context, channel_id: str, user_id: str) -> ChannelUnread:
    """What the member has not read in the channel."""
    unread = await store.find_unread(ctx.db, channel_id, user_id)
    if unread is None:
        raise MEMBER_NOT_FOUND(channel_id=channel_id, user_id=user_id)
    return unread
