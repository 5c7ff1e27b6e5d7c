"""Who may be reminded of a post."""

from mmfast.api.context import Context
from mmfast.features.identity.roles.service import require_user_or
from mmfast.features.messages.posts.guards import require_readable
from mmfast.features.messages.posts.types import Post


async def may_be_reminded(ctx: Context, user_id: str, post_id: str) -> Post:
    """One's own reminders, of posts that one may read."""
    await require_user_or(ctx, user_id)
    return await require_readable(ctx, post_id)
