"""The routes of unread posts."""

from typing import Any

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_URL_PARAM
from mmfast.api.operation import operation
from mmfast.api.responses import JSONResponse
from mmfast.features.delivery.unread_posts import service, store
from mmfast.features.delivery.unread_posts.guards import may_list_unread, may_set_unread
from mmfast.features.delivery.unread_posts.types import AroundQuery, ChannelUnread, UnreadRequest
from mmfast.features.messages.post_lists.service import MAX_PER_PAGE, get_around, get_page
from mmfast.features.messages.post_lists.store import get_latest_change
from mmfast.features.messages.post_lists.types import ChannelQuery
from mmfast.features.messages.posts.types import Post
from mmfast.features.spaces.channel_members.errors import MEMBER_NOT_FOUND


@operation("SetPostUnread", "POST /users/{user_id}/posts/{post_id}/set_unread", guard=may_set_unread)
async def set_unread(ctx: Context, user_id: str, body: UnreadRequest, loaded: Post) -> ChannelUnread:
    return await service.set_unread(ctx, user_id, loaded)


@operation("GetPostsAroundLastUnread", "GET /users/{user_id}/channels/{channel_id}/posts/unread", guard=may_list_unread)
async def get_posts_around_unread(ctx: Context, user_id: str, channel_id: str, query: AroundQuery) -> Any:
    before, after = (min(max(limit, 0), MAX_PER_PAGE) for limit in (query.limit_before, query.limit_after))
    if after == 0:
        raise INVALID_URL_PARAM(name="limit_after")
    viewed = await store.find_last_viewed(ctx.db, channel_id, user_id)
    if viewed is None:
        raise MEMBER_NOT_FOUND(channel_id=channel_id, user_id=user_id)
    wanted = ChannelQuery(
        per_page=after,
        skipFetchThreads=query.skipFetchThreads,
        collapsedThreads=query.collapsedThreads,
        collapsedThreadsExtended=query.collapsedThreadsExtended,
    )
    first = await store.find_first_after(ctx.db, channel_id, viewed, roots_only=query.collapsedThreads)
    if first is not None:
        return await get_around(ctx, channel_id, first, before, wanted)
    wanted.per_page = before
    etag = f"{ctx.app.version_id}.{await get_latest_change(ctx.db, channel_id)}"
    return JSONResponse(await get_page(ctx, channel_id, wanted), headers=(("Etag", etag),))
