"""The routes of followed threads. Their team matters for the list only: direct messages are in every team's."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.operation import operation
from mmfast.features.messages.followed_threads import errors, guards, service
from mmfast.features.messages.followed_threads.types import ListQuery, Selection, ThreadList, ThreadQuery
from mmfast.features.messages.posts.types import Post
from mmfast.features.messages.threads.types import ThreadView


@operation("GetUserThreads", "GET /users/{user_id}/teams/{team_id}/threads", guard=guards.may_list_threads)
async def get_user_threads(ctx: Context, user_id: str, team_id: str, query: ListQuery) -> ThreadList:
    if query.since and not (query.since.isascii() and query.since.isdigit() and len(query.since) < 19):
        raise INVALID_BODY_PARAM(name="since")
    if query.before and query.after:
        raise errors.BEFORE_AND_AFTER()
    if query.totalsOnly and query.threadsOnly:
        raise errors.TOTALS_AND_THREADS()
    selection = Selection(
        user_id,
        team_id,
        limit=query.limit,
        since=int(query.since or 0),
        before=query.before,
        after=query.after,
        unread_only=query.unread,
        include_deleted=query.deleted,
        without_direct=query.excludeDirect,
    )
    return await service.list_threads(ctx, selection, query)


@operation("GetUserThread", "GET /users/{user_id}/teams/{team_id}/threads/{thread_id}", guard=guards.may_use_thread)
async def get_user_thread(ctx: Context, user_id: str, team_id: str, thread_id: str, query: ThreadQuery) -> ThreadView:
    return await service.get_thread(ctx, user_id, thread_id, extended=query.extended)


@operation(
    "StartFollowingThread",
    "PUT /users/{user_id}/teams/{team_id}/threads/{thread_id}/following",
    guard=guards.may_use_thread,
)
async def start_following(ctx: Context, user_id: str, team_id: str, thread_id: str, loaded: Post | None) -> None:
    if loaded is not None:
        await service.set_following(ctx, user_id, team_id, thread_id, True)


@operation(
    "StopFollowingThread",
    "DELETE /users/{user_id}/teams/{team_id}/threads/{thread_id}/following",
    guard=guards.may_use_thread,
)
async def stop_following(ctx: Context, user_id: str, team_id: str, thread_id: str, loaded: Post | None) -> None:
    if loaded is not None:
        await service.set_following(ctx, user_id, team_id, thread_id, False)
