"""Keeps the JSON of pages of channels, and answers with it as long as nothing in the channel has changed.

A kept page is valid for one moment of the latest change in its channel, which every request reads from the database, so
that no worker can show an old page. Kept is what looks the same to all who may read the channel: of collapsed threads,
what belongs to the reader is put in for each. A page with a preview of another channel's post is not kept.
"""

from typing import Any, Final

import msgspec
from msgspec import UNSET, Struct

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.features.messages.emoji.service import EMOJIS
from mmfast.features.messages.post_lists import store
from mmfast.features.messages.post_lists.service import collapse, get_page, read_page
from mmfast.features.messages.post_lists.types import ChannelQuery, PostList
from mmfast.features.messages.post_metadata.service import prepare
from mmfast.platform.cache import CacheKind

SETTLED_MS: Final = 1_000
"""A page is kept only when its channel has been quiet for so long: a second change within the same millisecond, or one
by a node whose clock is a little behind, would not be noticed."""

NO_POSTS: Final = b'"posts":{}'
FOLLOWED: Final = b',"is_following":true}'
NOT_FOLLOWED: Final = b',"is_following":false}'


class KeptPage(Struct):
    """A page, and what it is valid for."""

    version: int
    config: Any
    emoji_generation: int
    body: bytes
    """The JSON; of collapsed threads without the posts."""
    parts: dict[str, bytes]
    """Of collapsed threads, the JSON of each post by id, to which belongs whether the reader follows it."""


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
        posts = list(found.posts.values())
        personal = any(b'"previewed_post"' in bytes(post.props) for post in posts)
        if query.collapsedThreads:
            await collapse(ctx, posts, extended=False)
        await prepare(ctx, posts)
        kept = _keepable(ctx, found, version, collapsed=query.collapsedThreads)
        if not personal and now_ms() - version > SETTLED_MS:
            ctx.caches.put(PAGES, key, kept)
    return await _for_reader(ctx, kept) if query.collapsedThreads else kept.body


def _is_valid(ctx: Context, kept: KeptPage, version: int) -> bool:
    return (
        kept.version == version and kept.config is ctx.config and kept.emoji_generation == ctx.caches.generation(EMOJIS)
    )


def _keepable(ctx: Context, found: PostList, version: int, *, collapsed: bool) -> KeptPage:
    parts: dict[str, bytes] = {}
    if collapsed:
        for post in found.posts.values():
            post.is_following = UNSET
            parts[post.id] = b'"%b":%b' % (post.id.encode(), msgspec.json.encode(post))
        found = PostList(found.order, {}, found.next_post_id, found.prev_post_id)
    return KeptPage(version, ctx.config, ctx.caches.generation(EMOJIS), msgspec.json.encode(found), parts)


async def _for_reader(ctx: Context, kept: KeptPage) -> bytes:
    """The page of collapsed threads with what the reader follows."""
    posts = kept.parts
    followed = await store.list_followed(ctx.db, list(posts), ctx.user_id)
    if followed:
        posts = posts | {i: posts[i][:-1] + (FOLLOWED if follows else NOT_FOLLOWED) for i, follows in followed.items()}
    return kept.body.replace(NO_POSTS, b'"posts":{%b}' % b",".join(posts.values()), 1)
