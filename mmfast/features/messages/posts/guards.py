"""Who may do what with a post. A post that is not there is mostly refused like one that may not be read."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_PARAM, PERMISSION
from mmfast.core.ids import is_valid_id
from mmfast.features.identity.roles.service import MANAGE_SYSTEM, may
from mmfast.features.messages.posts import errors, service
from mmfast.features.messages.posts.types import SYSTEM_PREFIX, Post, PostInput
from mmfast.features.spaces.channels.guards import may_in_this_channel, may_read_content
from mmfast.features.spaces.channels.service import find_channel
from mmfast.features.spaces.channels.types import PUBLIC, Channel
from mmfast.features.spaces.teams.guards import may_in_team


async def may_read_post(ctx: Context, post: Post) -> bool:
    """Whether the session may read the post's channel."""
    channel = await find_channel(ctx, post.channel_id)
    return channel is not None and await may_read_content(ctx, channel)


async def require_readable(ctx: Context, post_id: str) -> Post:
    """The post, refused alike to who may not read it and where it is not there."""
    post = await service.find_post(ctx, post_id)
    if post is None or not await may_read_post(ctx, post):
        raise PERMISSION(detail="needs read_channel_content for the post")
    return post


async def may_write_in(ctx: Context, channel: Channel) -> bool:
    """Whether the session may say something in the channel."""
    if await may_in_this_channel(ctx, channel, "create_post"):
        return True
    return channel.type == PUBLIC and await may_in_team(ctx, channel.team_id, "create_post_public")


async def may_create_post(ctx: Context, body: PostInput) -> Channel:
    """Writing needs the permission in the channel; the types of the server's own posts are nobody's."""
    channel = await find_channel(ctx, body.channel_id) if is_valid_id(body.channel_id) else None
    if channel is None or not await may_write_in(ctx, channel):
        raise PERMISSION(detail="needs create_post in the channel")
    if body.type.startswith(SYSTEM_PREFIX):
        raise INVALID_PARAM(name="type")
    if body.id:
        raise errors.POST_EXISTS()
    if channel.delete_at:
        raise errors.CHANNEL_ARCHIVED()
    await service.require_unrestricted(ctx, channel, errors.RESTRICTED_DIRECT)
    if body.create_at and not await may(ctx, MANAGE_SYSTEM):
        body.create_at = 0
    return channel


async def require_deleted_readable(ctx: Context, include_deleted: bool) -> None:
    """Deleted posts are shown to administrators only."""
    if include_deleted and not await may(ctx, MANAGE_SYSTEM):
        raise PERMISSION(detail="needs manage_system to read deleted posts")


async def require_deletable(ctx: Context, post: Post, *, permanent: bool) -> None:
    """One's own post needs one permission, another's a further one; removing for good is for administrators."""
    if permanent and not await may(ctx, MANAGE_SYSTEM):
        raise PERMISSION(detail="needs manage_system")
    channel = await find_channel(ctx, post.channel_id)
    needed = "delete_post" if post.user_id == ctx.user_id else "delete_others_posts"
    if channel is None or not await may_in_this_channel(ctx, channel, needed):
        raise PERMISSION(detail=f"needs {needed} in the channel")
