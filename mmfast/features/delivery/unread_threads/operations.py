"""The routes of unread threads."""

from typing import Final

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_URL_PARAM
from mmfast.api.operation import operation
from mmfast.features.delivery.unread_threads import service
from mmfast.features.identity.users.service import get_user
from mmfast.features.messages.followed_threads.guards import may_change_threads, may_use_thread
from mmfast.features.messages.posts.errors import POST_NOT_FOUND
from mmfast.features.messages.posts.types import Post
from mmfast.features.messages.threads.types import ThreadView

MAX_TIME: Final = 2**63 - 1


@operation("UpdateThreadsReadForUser", "PUT /users/{user_id}/teams/{team_id}/threads/read", guard=may_change_threads)
async def update_threads_read(ctx: Context, user_id: str, team_id: str) -> None:
    await service.read_all_threads(ctx, user_id, team_id)


@operation(
    "UpdateThreadReadForUser",
    "PUT /users/{user_id}/teams/{team_id}/threads/{thread_id}/read/{timestamp}",
    guard=may_use_thread,
)
async def update_thread_read(
    ctx: Context, user_id: str, team_id: str, timestamp: str, loaded: Post | None
) -> ThreadView:
    if int(timestamp[:20]) > MAX_TIME:
        raise INVALID_URL_PARAM(name="timestamp")
    root = await _require_thread(ctx, user_id, loaded)
    return await service.read_thread(ctx, user_id, team_id, root, int(timestamp))


@operation(
    "SetThreadUnreadByPostId",
    "POST /users/{user_id}/teams/{team_id}/threads/{thread_id}/set_unread/{post_id}",
    guard=may_use_thread,
)
async def set_thread_unread(ctx: Context, user_id: str, team_id: str, post_id: str, loaded: Post | None) -> ThreadView:
    root = await _require_thread(ctx, user_id, loaded)
    return await service.set_thread_unread(ctx, user_id, team_id, root, post_id)


async def _require_thread(ctx: Context, user_id: str, loaded: Post | None) -> Post:
    await get_user(ctx, user_id)
    if loaded is None:
        raise POST_NOT_FOUND()
    return loaded
