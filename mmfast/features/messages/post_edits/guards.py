"""Who may change a post: its author, and who may edit others' posts."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM, PERMISSION
from mmfast.features.messages.post_edits.types import PostPatch
from mmfast.features.messages.posts import service as posts
from mmfast.features.messages.posts.types import Post, PostInput
from mmfast.features.spaces.channels.guards import may_in_this_channel
from mmfast.features.spaces.channels.service import find_channel


async def require_editable(ctx: Context, post_id: str, *, others: bool = True) -> Post:
    """The post; who may not change it is refused, and so is everybody where there is none."""
    post = await posts.find_post(ctx, post_id)
    channel = await find_channel(ctx, post.channel_id) if post is not None else None
    if post is None or channel is None:
        raise PERMISSION(detail="there is no such post")
    own = post.user_id == ctx.user_id
    if not own and not others:
        raise PERMISSION(detail="only its author")
    if not await may_in_this_channel(ctx, channel, "edit_post" if own else "edit_others_posts"):
        raise PERMISSION(detail="needs edit_post or edit_others_posts in the channel")
    return post


async def may_update_post(ctx: Context, post_id: str, body: PostInput) -> Post:
    """The body must name the post."""
    if body.id != post_id:
        raise INVALID_BODY_PARAM(name="id")
    return await require_editable(ctx, post_id)


async def may_patch_post(ctx: Context, post_id: str, body: PostPatch) -> Post:
    """Changing needs no more than the right to edit the post; a broken body is refused first."""
    return await require_editable(ctx, post_id)


async def may_see_versions(ctx: Context, post_id: str) -> Post:
    """Earlier versions are the author's alone."""
    return await require_editable(ctx, post_id, others=False)


async def may_restore_version(ctx: Context, post_id: str, restore_version_id: str) -> tuple[Post, Post]:
    """The author goes back to an earlier version. Gives the post and that version."""
    post = await require_editable(ctx, post_id, others=False)
    version = await posts.find_post(ctx, restore_version_id, deleted=True)
    if version is None:
        raise PERMISSION(detail="there is no such version")
    return post, version
