"""Who may see and change what a user follows: the user, and whoever may edit others; in channels that they may read."""

from mmfast.api.context import Context
from mmfast.api.errors import PERMISSION
from mmfast.features.identity.roles.service import MANAGE_SYSTEM, may, require_user_or
from mmfast.features.messages.posts.guards import may_read_post
from mmfast.features.messages.posts.service import find_post
from mmfast.features.messages.posts.types import Post
from mmfast.features.spaces.teams.guards import require_in_team


async def may_list_threads(ctx: Context, user_id: str, team_id: str) -> None:
    """The user, as a member of the team."""
    await require_user_or(ctx, user_id)
    await require_in_team(ctx, team_id, "view_team")


async def may_change_threads(ctx: Context, user_id: str) -> None:
    """The user."""
    await require_user_or(ctx, user_id)


async def may_use_thread(ctx: Context, user_id: str, thread_id: str) -> Post | None:
    """The user, as a reader of the thread's channel. Only administrators learn that there is no such thread."""
    await require_user_or(ctx, user_id)
    post = await find_post(ctx, thread_id)
    if post is None and await may(ctx, MANAGE_SYSTEM):
        return None
    if post is None or not await may_read_post(ctx, post):
        raise PERMISSION(detail="needs read_channel_content for the thread")
    return post
