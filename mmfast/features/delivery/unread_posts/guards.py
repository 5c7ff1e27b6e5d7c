"""Who may mark posts unread, and list those around the first unread one."""

from mmfast.api.context import Context
from mmfast.api.errors import PERMISSION
from mmfast.features.identity.roles.service import MANAGE_SYSTEM, may, require_user_or
from mmfast.features.messages.posts.errors import POST_NOT_FOUND
from mmfast.features.messages.posts.guards import may_read_post
from mmfast.features.messages.posts.service import find_post
from mmfast.features.messages.posts.types import Post
from mmfast.features.spaces.channels.guards import require_content


async def may_set_unread(ctx: Context, user_id: str, post_id: str) -> Post:
    """For oneself, or for others by who may edit them; of posts that the caller may read."""
    await require_user_or(ctx, user_id)
    post = await find_post(ctx, post_id)
    if post is None and await may(ctx, MANAGE_SYSTEM):
        raise POST_NOT_FOUND()
    if post is None or not await may_read_post(ctx, post):
        raise PERMISSION(detail="needs read_channel_content for the post")
    return post


async def may_list_unread(ctx: Context, user_id: str, channel_id: str) -> None:
    """For oneself, or for others by who may edit them; in channels that the caller may read."""
    await require_user_or(ctx, user_id)
    await require_content(ctx, channel_id)
