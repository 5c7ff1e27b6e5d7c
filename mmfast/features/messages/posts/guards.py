"""Who may do what with a post. A post that is not there is mostly refused like one that may not be read."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_PARAM, PERMISSION
from mmfast.core.ids import is_valid_id
from mmfast.features.identity.roles.service import MANAGE_SYSTEM, may
from mmfast.features.messages.posts import errors, service
from mmfast.features.messages.posts.types import (
    ADD_BOT,
    REMINDER,
    SYSTEM_PREFIX,
    DeleteQuery,
    Post,
    PostInput,
    ReadQuery,
)
from mmfast.features.spaces.channel_members.service import is_member
from mmfast.features.spaces.channels.guards import may_in_this_channel, may_read_content
from mmfast.features.spaces.channels.service import find_channel, get_channel
from mmfast.features.spaces.channels.types import PUBLIC, Channel
from mmfast.features.spaces.teams.guards import may_in_team
from mmfast.features.spaces.teams.service import find_team


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
    if body.type in (ADD_BOT, REMINDER) or body.type.startswith(SYSTEM_PREFIX):
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


async def get_readable(ctx: Context, post_id: str, *, deleted: bool = False) -> Post:
    """The post, an error where it is not there; refused to who may not read it."""
    post = await service.get_post(ctx, post_id, deleted=deleted)
    if not await may_read_post(ctx, post):
        raise PERMISSION(detail="needs read_channel_content for the post")
    return post


async def may_get_post(ctx: Context, post_id: str, query: ReadQuery) -> Post:
    """Readers of the channel; a deleted post is for administrators only."""
    await require_deleted_readable(ctx, query.include_deleted)
    return await get_readable(ctx, post_id, deleted=query.include_deleted)


async def may_use_post(ctx: Context, post_id: str) -> Post:
    """Readers of the channel."""
    return await get_readable(ctx, post_id)


async def may_locate_post(ctx: Context, post_id: str) -> Post:
    """Readers of the channel, and whoever could join its team and the channel; to others the post is not there."""
    post = await service.get_post(ctx, post_id)
    channel = await get_channel(ctx, post.channel_id)
    if await is_member(ctx, channel.id, ctx.user_id) or await may_read_post(ctx, post):
        return post
    team = await find_team(ctx, channel.team_id) if channel.team_id else None
    if channel.type != PUBLIC or team is None or not team.allow_open_invite:
        raise errors.POST_NOT_FOUND()
    return post


async def may_delete_post(ctx: Context, post_id: str, query: DeleteQuery) -> Post:
    """One's own post needs one permission, another's a further one; removing for good is for administrators."""
    if query.permanent and not ctx.config.ServiceSettings.EnableAPIPostDeletion:
        raise errors.PERMANENT_DELETION_OFF()
    post = await service.get_post(ctx, post_id, deleted=query.permanent)
    if query.permanent and not await may(ctx, MANAGE_SYSTEM):
        raise PERMISSION(detail="needs manage_system")
    channel = await find_channel(ctx, post.channel_id)
    needed = "delete_post" if post.user_id == ctx.user_id else "delete_others_posts"
    if channel is None or not await may_in_this_channel(ctx, channel, needed):
        raise PERMISSION(detail=f"needs {needed} in the channel")
    return post
