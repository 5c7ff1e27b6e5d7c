"""Who may pin posts and see those pinned."""

from mmfast.api.context import Context
from mmfast.features.messages.posts.guards import require_readable
from mmfast.features.messages.posts.types import Post
from mmfast.features.spaces.channels.guards import require_content


async def may_pin(ctx: Context, post_id: str) -> Post:
    """Whoever may read the channel."""
    return await require_readable(ctx, post_id)


async def may_list_pinned(ctx: Context, channel_id: str) -> None:
    """Whoever may read the channel."""
    await require_content(ctx, channel_id)
