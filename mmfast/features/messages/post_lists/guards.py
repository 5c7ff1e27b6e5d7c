"""Who may list the posts of a channel."""

from mmfast.api.context import Context
from mmfast.features.messages.post_lists.types import ChannelQuery
from mmfast.features.messages.posts.guards import require_deleted_readable
from mmfast.features.spaces.channels.guards import require_content


async def may_list_posts(ctx: Context, channel_id: str, query: ChannelQuery) -> None:
    """Readers of the channel; deleted posts are listed for administrators only."""
    await require_deleted_readable(ctx, query.include_deleted)
    await require_content(ctx, channel_id)
