"""Keeps the JSON of pages of channels, and answers with it as long as nothing in the channel has changed.

A kept page is valid for one moment of the latest change in its channel, which every request reads from the database, so
that no worker can show an old page. Kept is what looks the same to all who may read the channel: of collapsed threads,
what belongs to the reader is put in for each. A page with a preview of another channel's post is not kept.
"""

from typing import Any, Final

import msgspec
from msgspec import Struct

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.features.messages.emoji.service import EMOJIS
from mmfast.features.messages.post_lists import store
from mmfast.features.messages.post_lists.service import get_page, nameless, read_page
from mmfast.features.messages.post_lists.types import ChannelQuery, PostList
from mmfast.features.messages.post_metadata.service import prepare
from mmfast.features.messages.posts.types import Post
from mmfast.platform.cache import CacheKind

SETTLED_MS: Final = 1_000
"""A page is kept only when its channel has been quiet for so long: a second change within the same millisecond, or one
by a node whose clock is a little behind, would not be noticed."""

THREAD_TAIL: Final = b',"reply_count":0,"last_reply_at":0,"participants":null}'
"""How the JSON of a post without a thread ends."""


class KeptPage(Struct):
    """A page, and what it is valid for."""

    version: int
    config: Any
    emoji_generation: int
    body: bytes
    """The whole JSON, for readers whose threads are not collapsed."""
    head: bytes
    """The JSON up to the posts, and each post up to what belongs to its thread, for the others."""
    parts: list[tuple[str, bytes]]


PAGES: Final[CacheKind[tuple[str, ...], KeptPage]] = CacheKind("post_pages", size=1_000)


async def get_encoded_page(ctx: Context, channel_id: str, version: int, query: ChannelQuery) -> bytes:
    """The JSON of a page; `version` is when a post of the channel last changed."""
    if query.include_deleted or query.collapsedThreadsExtended:
        return msgspec.json.encode(await get_page(ctx, channel_id, query))
    flags = f"{query.page}.{query.per_page}.{query.skipFetchThreads:d}{query.collapsedThreads:d}"
    key = (channel_id, flags)
    kept = ctx.caches.find(PAGES, key)
    if kept is None or not _is_valid(ctx, kept, version):
        found = await read_page(ctx, channel_id, query)
        personal = any(b'"previewed_post"' in bytes(post.props) for post in found.posts.values())
        await prepare(ctx, list(found.posts.values()))
        kept = _keepable(ctx, found, version, collapsed=query.collapsedThreads)
        if not personal and now_ms() - version > SETTLED_MS:
            ctx.caches.put(PAGES, key, kept)
    return await _with_threads(ctx, kept) if query.collapsedThreads else kept.body


def _is_valid(ctx: Context, kept: KeptPage, version: int) -> bool:
    return (
        kept.version == version and kept.config is ctx.config and kept.emoji_generation == ctx.caches.generation(EMOJIS)
    )


def _keepable(ctx: Context, found: PostList, version: int, *, collapsed: bool) -> KeptPage:
    body = b"" if collapsed else msgspec.json.encode(found)
    head, parts = b"", []
    if collapsed:
        parts = [(post.id, _without_thread(post)) for post in found.posts.values()]
        head = msgspec.json.encode(PostList(found.order, {}, found.next_post_id, found.prev_post_id))
    return KeptPage(version, ctx.config, ctx.caches.generation(EMOJIS), body, head, parts)


def _without_thread(post: Post) -> bytes:
    encoded = msgspec.json.encode(post)
    assert encoded.endswith(THREAD_TAIL)
    return encoded[: -len(THREAD_TAIL)]


async def _with_threads(ctx: Context, kept: KeptPage) -> bytes:
    """The page with the numbers of its threads, as they are now and for this reader."""
    threads = await store.list_collapsed(ctx.db, [post_id for post_id, _ in kept.parts], ctx.user_id)
    posts = []
    for post_id, encoded in kept.parts:
        tail = THREAD_TAIL
        if post_id in threads:
            replies, latest, users, following = threads[post_id]
            tail = b',"reply_count":%d,"last_reply_at":%d,"participants":%b' % (
                replies,
                latest,
                msgspec.json.encode([nameless(user_id) for user_id in users] or None),
            )
            if following is not None:
                tail += b',"is_following":true' if following else b',"is_following":false'
            tail += b"}"
        posts.append(b'"%b":%b%b' % (post_id.encode(), encoded, tail))
    return kept.head.replace(b'"posts":{}', b'"posts":{%b}' % b",".join(posts), 1)
