"""The routes of single posts."""

from typing import Any, Final

from msgspec import Struct

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM, PERMISSION
from mmfast.api.etags import tagged
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.api.responses import Created, Response
from mmfast.features.identity.users.service import get_user
from mmfast.features.messages.post_metadata.service import prepare
from mmfast.features.messages.posts import errors, service
from mmfast.features.messages.posts.guards import (
    may_create_post,
    may_read_post,
    require_deletable,
    require_deleted_readable,
)
from mmfast.features.messages.posts.types import Post, PostInfo, PostInput
from mmfast.features.messages.threads.service import collapses_threads
from mmfast.features.spaces.channel_members.service import is_member as is_channel_member
from mmfast.features.spaces.channels.service import get_channel
from mmfast.features.spaces.channels.types import PRIVATE, PUBLIC, Channel
from mmfast.features.spaces.teams.service import find_team
from mmfast.features.spaces.teams.service import is_member as is_team_member

MAX_IDS: Final = 1_000


class CreateQuery(Struct):
    """How a post is made."""

    set_online: bool = True


class ReadQuery(Struct):
    """How a post is read."""

    include_deleted: bool = False


class DeleteQuery(Struct):
    """How a post is deleted."""

    permanent: bool = False


class RewriteRequest(Struct):
    """A text that an assistant is to improve."""

    agent_id: str = ""
    message: str = ""
    action: str = ""
    custom_prompt: str = ""


@operation("CreatePost", "POST /posts", guard=may_create_post)
async def create_post(ctx: Context, body: PostInput, query: CreateQuery, loaded: Channel) -> Created[Post]:
    draft = service.draft_of(body, loaded, await get_user(ctx, ctx.user_id))
    draft.set_online = query.set_online
    draft.viewed = not body.root_id or not await collapses_threads(ctx, ctx.user_id)
    return Created(await service.create_post(ctx, draft))


@operation("GetPost", "GET /posts/{post_id}", guard=SIGNED_IN)
async def get_post(ctx: Context, post_id: str, query: ReadQuery) -> Any:
    await require_deleted_readable(ctx, query.include_deleted)
    post = await service.get_post(ctx, post_id, deleted=query.include_deleted)
    if not await may_read_post(ctx, post):
        raise PERMISSION(detail="needs read_channel_content for the post")
    await prepare(ctx, [post])
    return tagged(ctx, service.etag(ctx, post), lambda: post)


@operation("GetPostInfo", "GET /posts/{post_id}/info", guard=SIGNED_IN)
async def get_post_info(ctx: Context, post_id: str) -> PostInfo:
    post = await service.get_post(ctx, post_id)
    channel = await get_channel(ctx, post.channel_id)
    in_channel = await is_channel_member(ctx, channel.id, ctx.user_id)
    team = await find_team(ctx, channel.team_id) if channel.team_id else None
    in_team = team is not None and await is_team_member(ctx, team.id, ctx.user_id)
    if not in_channel and not await may_read_post(ctx, post):
        joinable = channel.type == PUBLIC and team is not None and team.allow_open_invite
        if not joinable or channel.type == PRIVATE:
            raise errors.POST_NOT_FOUND()
    return PostInfo(
        channel_id=channel.id,
        channel_type=channel.type,
        channel_display_name=channel.display_name,
        has_joined_channel=in_channel,
        team_id=channel.team_id,
        team_type=("O" if team.allow_open_invite else "I") if team else "",
        team_display_name=team.display_name if team else "",
        has_joined_team=in_team,
    )


@operation("getPostsByIds", "POST /posts/ids", guard=SIGNED_IN)
async def get_posts_by_ids(ctx: Context, body: list[str]) -> list[Post]:
    if not body:
        raise INVALID_BODY_PARAM(name="post_ids")
    if len(body) > MAX_IDS:
        raise errors.TOO_MANY_IDS(max=MAX_IDS)
    found = await service.list_posts(ctx, body)
    if not found:
        raise errors.POST_NOT_FOUND()
    return await prepare(ctx, [post for post in found if await may_read_post(ctx, post)])


@operation("DeletePost", "DELETE /posts/{post_id}", guard=SIGNED_IN)
async def delete_post(ctx: Context, post_id: str, query: DeleteQuery) -> None:
    if query.permanent and not ctx.config.ServiceSettings.EnableAPIPostDeletion:
        raise errors.PERMANENT_DELETION_OFF()
    post = await service.get_post(ctx, post_id, deleted=query.permanent)
    await require_deletable(ctx, post, permanent=query.permanent)
    await service.delete_post(ctx, post, permanent=query.permanent)


# Answered as by a server without a licence --------------------------------------------------------------------------


@operation("MoveThread", "POST /posts/{post_id}/move", guard=SIGNED_IN)
async def move_thread(ctx: Context, post_id: str) -> Response:
    raise errors.MOVE_DISABLED()


@operation("RevealPost", "GET /posts/{post_id}/reveal", guard=SIGNED_IN)
async def reveal_post(ctx: Context, post_id: str) -> Response:
    post = await service.get_post(ctx, post_id)
    if not await may_read_post(ctx, post):
        raise PERMISSION(detail="needs read_channel_content for the post")
    raise errors.REVEAL_OWN() if post.user_id == ctx.user_id else errors.REVEAL_NOT_BURNING()


@operation("BurnPost", "DELETE /posts/{post_id}/burn", guard=SIGNED_IN)
async def burn_post(ctx: Context, post_id: str) -> Response:
    post = await service.get_post(ctx, post_id)
    if not await may_read_post(ctx, post):
        raise PERMISSION(detail="needs read_channel_content for the post")
    raise errors.BURN_NOT_BURNING()


@operation("RewriteMessage", "POST /posts/rewrite", guard=SIGNED_IN)
async def rewrite_message(ctx: Context, body: RewriteRequest) -> Response:
    if not body.agent_id:
        raise INVALID_BODY_PARAM(name="agent_id")
    raise errors.REWRITE_FAILED()
