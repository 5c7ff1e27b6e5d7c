"""Who may react. A post that is not there is refused like one that may not be read."""

from typing import Final

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM, PERMISSION
from mmfast.core.ids import is_valid_id
from mmfast.features.messages.posts.guards import may_read_post, require_readable
from mmfast.features.messages.posts.service import find_post, list_posts
from mmfast.features.messages.posts.types import Post
from mmfast.features.messages.reactions import errors
from mmfast.features.messages.reactions.types import ReactionRequest
from mmfast.features.spaces.channels.guards import may_in_channel

MAX_NAME: Final = 64


async def _require_in_channel_of(ctx: Context, post_id: str, permission: str) -> Post:
    """The post, deleted or not, refused to who lacks the permission in its channel."""
    post = await find_post(ctx, post_id, deleted=True)
    if post is None or not await may_in_channel(ctx, post.channel_id, permission):
        raise PERMISSION(detail=f"needs {permission} in the post's channel")
    return post


async def may_react(ctx: Context, body: ReactionRequest) -> Post:
    """In one's own name, and with the permission in the post's channel."""
    complete = is_valid_id(body.user_id) and is_valid_id(body.post_id) and 0 < len(body.emoji_name) <= MAX_NAME
    if not complete:
        raise errors.INVALID()
    if body.user_id != ctx.user_id:
        raise errors.OTHER_USER()
    return await _require_in_channel_of(ctx, body.post_id, "add_reaction")


async def may_take_back(ctx: Context, user_id: str, post_id: str) -> Post:
    """One permission for one's own reactions, a further one for those of others."""
    post = await _require_in_channel_of(ctx, post_id, "remove_reaction")
    if user_id != ctx.user_id and not await may_in_channel(ctx, post.channel_id, "remove_others_reactions"):
        raise PERMISSION(detail="needs remove_others_reactions in the post's channel")
    return post


async def may_list_reactions(ctx: Context, post_id: str) -> None:
    """Whoever may read the post."""
    await require_readable(ctx, post_id)


async def may_list_many(ctx: Context, body: list[str]) -> None:
    """Whoever may read every one of the posts."""
    if not body:
        raise INVALID_BODY_PARAM(name="post_ids")
    found = await list_posts(ctx, body)
    if len(found) < len(set(body)):
        raise PERMISSION(detail="some of the posts are not there")
    one_of_each_channel = {post.channel_id: post for post in found}
    for post in one_of_each_channel.values():
        if not await may_read_post(ctx, post):
            raise PERMISSION(detail="needs read_channel_content for each of the posts")
