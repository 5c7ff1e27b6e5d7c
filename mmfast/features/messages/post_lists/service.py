"""Builds lists of posts for a reader.

A list of a channel's posts also brings the threads that its replies belong to, so that a client without collapsed
threads can show them; with collapsed threads it has roots only, each with the numbers of its thread.
"""

from typing import Any, Final

import msgspec
from msgspec import UNSET, Raw

from mmfast.api.context import Context
from mmfast.features.identity.users.service import get_users, others_view, profile_json
from mmfast.features.messages.post_lists import store
from mmfast.features.messages.post_lists.types import ChannelQuery, PostList, ThreadPage, Window
from mmfast.features.messages.post_metadata.service import prepare
from mmfast.features.messages.posts.types import Post

MAX_PER_PAGE: Final = 200


def window_of(query: ChannelQuery) -> Window:
    """The part of the channel that a query asks for."""
    size = min(max(query.per_page, 0), MAX_PER_PAGE) if query.per_page >= 0 else 60
    return Window(max(query.page, 0) * size, size, query.include_deleted, query.collapsedThreads)


def list_of(posts: list[Post]) -> PostList:
    """A list of just these posts, in this order."""
    return PostList([post.id for post in posts], {post.id: post for post in posts})


async def get_page(ctx: Context, channel_id: str, query: ChannelQuery) -> PostList:
    """A page of a channel's posts counted from the newest."""
    return await _finish(ctx, await read_page(ctx, channel_id, query), query)


async def read_page(ctx: Context, channel_id: str, query: ChannelQuery) -> PostList:
    """A page as it is in the database, without what is shown with its posts and threads."""
    window = window_of(query)
    if not window.limit:
        return PostList([], {})
    first = 1 if window.offset else 0
    wider = msgspec.structs.replace(window, offset=window.offset - first, limit=window.limit + first + 1)
    counted = query.skipFetchThreads and not query.collapsedThreads
    posts = await store.list_channel(ctx.db, channel_id, wider, counted=counted)
    newer, posts = posts[:first], posts[first:]
    posts, older = posts[: window.limit], posts[window.limit :]
    found = list_of(posts)
    if posts:
        found.next_post_id = newer[0].id if newer else ""
        found.prev_post_id = older[0].id if older else ""
    if not query.collapsedThreads:
        roots = {post.root_id for post in posts if post.root_id}
        whole = not query.skipFetchThreads
        await _bring(ctx, found, roots, whole=whole, counted=counted, deleted=query.include_deleted)
    return found


async def get_since(ctx: Context, channel_id: str, since: int, query: ChannelQuery) -> PostList:
    """What changed in a channel after a time."""
    counted = query.skipFetchThreads and not query.collapsedThreads
    posts = await store.list_since(ctx.db, channel_id, since, roots_only=query.collapsedThreads, counted=counted)
    found = list_of(posts)
    if not query.collapsedThreads:
        await _bring(ctx, found, {post.root_id for post in posts if post.root_id}, whole=False, counted=counted)
    return await _finish(ctx, found, query)


async def get_before(ctx: Context, channel_id: str, post_id: str, query: ChannelQuery) -> PostList:
    """The posts before a post."""
    window = window_of(query)
    wider = msgspec.structs.replace(window, limit=window.limit + 1)
    posts = await store.list_before(ctx.db, channel_id, post_id, wider)
    posts, older = posts[: window.limit], posts[window.limit :]
    found = list_of(posts)
    found.prev_post_id = older[0].id if older else ""
    found.next_post_id = post_id
    if posts:
        found.next_post_id = await store.find_neighbour(ctx.db, channel_id, posts[0], newer=True, window=window)
    return await _finish(ctx, await _bring_threads(ctx, found, query), query)


async def get_after(ctx: Context, channel_id: str, post_id: str, query: ChannelQuery) -> PostList:
    """The posts after a post."""
    window = window_of(query)
    wider = msgspec.structs.replace(window, limit=window.limit + 1)
    posts = await store.list_after(ctx.db, channel_id, post_id, wider)
    posts, newer = posts[: window.limit], posts[window.limit :]
    found = list_of(posts[::-1])
    found.next_post_id = newer[0].id if newer else ""
    found.prev_post_id = post_id
    if posts:
        found.prev_post_id = await store.find_neighbour(ctx.db, channel_id, posts[0], newer=False, window=window)
    return await _finish(ctx, await _bring_threads(ctx, found, query), query)


async def get_around(ctx: Context, channel_id: str, post: Post, before: int, query: ChannelQuery) -> PostList:
    """A post with `before` posts before it and, itself counted in, `query.per_page` from it on."""
    window = window_of(query)
    older = await store.list_before(ctx.db, channel_id, post.id, msgspec.structs.replace(window, limit=before + 1))
    newer = await store.list_after(ctx.db, channel_id, post.id, window)
    newer, next_post = newer[: window.limit - 1], newer[window.limit - 1 :]
    found = list_of([*newer[::-1], post, *older[:before]])
    found.next_post_id = next_post[0].id if next_post else ""
    found.prev_post_id = older[before].id if len(older) > before else ""
    found.has_next = False
    return await _finish(ctx, await _bring_threads(ctx, found, query), query)


async def get_thread(ctx: Context, root: Post, page: ThreadPage, query: ChannelQuery) -> PostList:
    """A thread or a part of it. The root is always there and first."""
    posts = await store.list_thread(ctx.db, root.id, page)
    more = bool(page.size) and len(posts) > page.size
    posts = [root, *(post for post in (posts[: page.size] if more else posts) if post.id != root.id)]
    found = list_of(posts)
    found.has_next = more
    if query.collapsedThreads:
        for post in posts:
            post.reply_count = 0
    return await _finish(ctx, found, query)


async def _bring_threads(ctx: Context, found: PostList, query: ChannelQuery) -> PostList:
    """Adds the whole threads of everything in the list, roots included."""
    if not query.collapsedThreads:
        roots = {post.root_id or post.id for post in found.posts.values()}
        await _bring(ctx, found, roots, whole=not query.skipFetchThreads, counted=True)
    return found


async def _bring(
    ctx: Context, found: PostList, roots: set[str], *, whole: bool, counted: bool, deleted: bool = False
) -> None:
    if not whole:
        roots = roots - found.posts.keys()
    if roots:
        for post in await store.list_threads_of(ctx.db, sorted(roots), whole=whole, counted=counted, deleted=deleted):
            found.posts.setdefault(post.id, post)


async def _finish(ctx: Context, found: PostList, query: ChannelQuery) -> PostList:
    posts = list(found.posts.values())
    if query.collapsedThreads and posts:
        await collapse(ctx, posts, extended=query.collapsedThreadsExtended)
    await prepare(ctx, posts)
    return found


async def collapse(ctx: Context, posts: list[Post], *, extended: bool) -> None:
    """Shows each root with the numbers of its thread and whether the reader follows it. In place."""
    roots = {post.id: post for post in posts if not post.root_id}
    threads = await store.list_collapsed(ctx.db, list(roots), ctx.user_id)
    shown: dict[str, Raw] = {}
    if extended:
        shown = await participants_in_full(ctx, {user_id for _, _, users, _ in threads.values() for user_id in users})
    for root_id, (replies, latest, users, following) in threads.items():
        root = roots[root_id]
        root.reply_count, root.last_reply_at = replies, latest
        root.is_following = UNSET if following is None else following
        participants: list[Any] = [shown[u] if u in shown else nameless(u) for u in users]
        root.participants = participants or None


async def participants_in_full(ctx: Context, user_ids: set[str]) -> dict[str, Raw]:
    """The profiles of those who take part in threads, by id."""
    view = others_view(ctx)
    return {user.id: profile_json(user, view) for user in await get_users(ctx, sorted(user_ids))}


def nameless(user_id: str) -> dict[str, Any]:
    """A participant of whom only the id is told."""
    return {
        "id": user_id,
        "delete_at": 0,
        "username": "",
        "auth_service": "",
        "email": "",
        "nickname": "",
        "first_name": "",
        "last_name": "",
        "position": "",
        "roles": "",
        "locale": "",
        "timezone": None,
        "disable_welcome_email": False,
    }
