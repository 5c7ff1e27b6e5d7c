"""The routes of single posts."""

from typing import Any, Final

from msgspec import Struct

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.etags import tagged
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.api.responses import Created, Response
from mmfast.features.identity.users.service import get_user
from mmfast.features.messages.post_metadata.service import prepare
from mmfast.features.messages.posts import errors, service
from mmfast.features.messages.posts.guards import (
    may_create_post,
    may_delete_post,
    may_get_post,
    may_locate_post,
    may_read_post,
    may_use_post,
)
from mmfast.features.messages.posts.types import DeleteQuery, Post, PostInfo, PostInput, ReadQuery
from mmfast.features.messages.threads.service import collapses_threads
from mmfast.features.spaces.channel_members.service import is_member as is_channel_member
from mmfast.features.spaces.channels.service import get_channel
from mmfast.features.spaces.channels.types import Channel
from mmfast.features.spaces.teams.service import find_team
from mmfast.features.spaces.teams.service import is_member as is_team_member

MAX_IDS: Final = 1_000


class CreateQuery(Struct):
    """How a post is made."""

    set_online: bool = True


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


@operation("GetPost", "GET /posts/{post_id}", guard=may_get_post)
async def get_post(ctx: Context, post_id: str, query: ReadQuery, loaded: Post) -> Any:
    await prepare(ctx, [loaded])
    return tagged(ctx, service.etag(ctx, loaded), lambda: loaded)


@operation("GetPostInfo", "GET /posts/{post_id}/info", guard=may_locate_post)
async def get_post_info(ctx: Context, post_id: str, loaded: Post) -> PostInfo:
    channel = await get_channel(ctx, loaded.channel_id)
    team = await find_team(ctx, channel.team_id) if channel.team_id else None
    return PostInfo(
        channel_id=channel.id,
        channel_type=channel.type,
        channel_display_name=channel.display_name,
        has_joined_channel=await is_channel_member(ctx, channel.id, ctx.user_id),
        team_id=channel.team_id,
        team_type=("O" if team.allow_open_invite else "I") if team else "",
        team_display_name=team.display_name if team else "",
        has_joined_team=team is not None and await is_team_member(ctx, team.id, ctx.user_id),
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


@operation("DeletePost", "DELETE /posts/{post_id}", guard=may_delete_post)
async def delete_post(ctx: Context, post_id: str, query: DeleteQuery, loaded: Post) -> None:
    await service.delete_post(ctx, loaded, permanent=query.permanent)


# Answered as by a server without a licence --------------------------------------------------------------------------


@operation("MoveThread", "POST /posts/{post_id}/move", guard=SIGNED_IN)
async def move_thread(ctx: Context, post_id: str) -> Response:
    raise errors.MOVE_DISABLED()


@operation("RevealPost", "GET /posts/{post_id}/reveal", guard=may_use_post)
async def reveal_post(ctx: Context, post_id: str, loaded: Post) -> Response:
    raise errors.REVEAL_OWN() if loaded.user_id == ctx.user_id else errors.REVEAL_NOT_BURNING()


@operation("BurnPost", "DELETE /posts/{post_id}/burn", guard=may_use_post)
async def burn_post(ctx: Context, post_id: str) -> Response:
    raise errors.BURN_NOT_BURNING()


@operation("RewriteMessage", "POST /posts/rewrite", guard=SIGNED_IN)
async def rewrite_message(ctx: Context, body: RewriteRequest) -> Response:
    if not body.agent_id:
        raise INVALID_BODY_PARAM(name="agent_id")
    raise errors.REWRITE_FAILED()
