"""The routes of pinned posts."""

from typing import Any

from mmfast.api.context import Context
from mmfast.api.etags import tagged
from mmfast.api.operation import operation
from mmfast.features.messages.pins import store
from mmfast.features.messages.pins.guards import may_list_pinned, may_pin
from mmfast.features.messages.post_edits.service import set_pinned
from mmfast.features.messages.post_lists.service import list_of
from mmfast.features.messages.post_metadata.service import prepare
from mmfast.features.messages.posts.types import Post


@operation("PinPost", "POST /posts/{post_id}/pin", guard=may_pin)
async def pin_post(ctx: Context, post_id: str, loaded: Post) -> None:
    await set_pinned(ctx, loaded, True)


@operation("UnpinPost", "POST /posts/{post_id}/unpin", guard=may_pin)
async def unpin_post(ctx: Context, post_id: str, loaded: Post) -> None:
    await set_pinned(ctx, loaded, False)


@operation("GetPinnedPosts", "GET /channels/{channel_id}/pinned", guard=may_list_pinned)
async def get_pinned_posts(ctx: Context, channel_id: str) -> Any:
    posts = await store.list_pinned(ctx.db, channel_id)
    latest = max((post.update_at for post in posts), default=0)
    await prepare(ctx, posts)
    return tagged(ctx, f"{ctx.app.version_id}.{latest}.{len(posts)}", lambda: list_of(posts))
