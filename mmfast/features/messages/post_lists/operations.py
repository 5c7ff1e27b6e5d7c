"""The routes that list posts of a channel and of a thread."""

from typing import Any, Final

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.etags import is_known, not_modified
from mmfast.api.operation import operation
from mmfast.api.responses import JSONResponse
from mmfast.core.ids import is_valid_id
from mmfast.features.messages.post_lists import service, store
from mmfast.features.messages.post_lists.guards import may_list_posts
from mmfast.features.messages.post_lists.types import ChannelQuery, PostList, ThreadPage, ThreadQuery
from mmfast.features.messages.post_metadata.service import prepare
from mmfast.features.messages.post_pages.service import get_encoded_page
from mmfast.features.messages.posts.guards import may_use_post
from mmfast.features.messages.posts.service import get_post
from mmfast.features.messages.posts.types import Post

MAX_THREAD_PAGE: Final = 200


@operation("GetPostsForChannel", "GET /channels/{channel_id}/posts", guard=may_list_posts)
async def get_posts_for_channel(ctx: Context, channel_id: str, query: ChannelQuery) -> Any:
    for name in ("before", "after"):
        if (given := getattr(query, name)) and not is_valid_id(given):
            raise INVALID_BODY_PARAM(name=name)
    if since := _number(query.since or "0", "since"):
        return await service.get_since(ctx, channel_id, since, query)
    version = await store.get_latest_change(ctx.db, channel_id)
    etag = f"{ctx.app.version_id}.{version}"
    if is_known(ctx, etag):
        return not_modified(etag)
    found: PostList | bytes
    if query.after:
        found = await service.get_after(ctx, channel_id, query.after, query)
    elif query.before:
        found = await service.get_before(ctx, channel_id, query.before, query)
    else:
        found = await get_encoded_page(ctx, channel_id, version, query)
    return JSONResponse(found, headers=(("Etag", etag),))


@operation("GetPostThread", "GET /posts/{post_id}/thread", guard=may_use_post)
async def get_post_thread(ctx: Context, post_id: str, query: ThreadQuery, loaded: Post) -> Any:
    page = _page_of(query)
    root = await get_post(ctx, loaded.root_id) if loaded.root_id else loaded
    shown = ChannelQuery(
        collapsedThreads=query.collapsedThreads, collapsedThreadsExtended=query.collapsedThreadsExtended
    )
    if query.skipFetchThreads:
        found = PostList([loaded.id], {p.id: p for p in await prepare(ctx, [loaded])})
    else:
        found = await service.get_thread(ctx, root, page, shown)
    etag = f"{ctx.app.version_id}.{root.id}.{max(post.update_at for post in found.posts.values())}.{len(found.posts)}"
    if is_known(ctx, etag):
        return not_modified(etag)
    return JSONResponse(found, headers=(("Etag", etag),))


def _number(text: str, name: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise INVALID_BODY_PARAM(name=name)
    return int(text)


def _page_of(query: ThreadQuery) -> ThreadPage:
    """The checked query of a thread's page."""
    size = _number(query.perPage, "perPage") if query.perPage else 0
    created = _number(query.fromCreateAt, "fromCreateAt") if query.fromCreateAt else 0
    updated = _number(query.fromUpdateAt, "fromUpdateAt") if query.fromUpdateAt else 0
    if size > MAX_THREAD_PAGE:
        raise INVALID_BODY_PARAM(name="perPage")
    if query.direction not in ("", "up", "down"):
        raise INVALID_BODY_PARAM(name="direction")
    if query.fromPost and not (created or updated):
        raise INVALID_BODY_PARAM(name="fromCreateAt")
    if created and updated:
        raise INVALID_BODY_PARAM(name="fromUpdateAt")
    if query.updatesOnly and (not updated or query.direction == "up"):
        raise INVALID_BODY_PARAM(name="fromUpdateAt")
    return ThreadPage(size, query.direction == "up", query.fromPost, created, updated, query.updatesOnly)
