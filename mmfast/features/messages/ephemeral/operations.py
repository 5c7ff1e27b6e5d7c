"""The route of ephemeral posts."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.operation import operation
from mmfast.api.responses import Created
from mmfast.features.identity.roles.service import require
from mmfast.features.messages.ephemeral.service import new_ephemeral_post, send_ephemeral_post
from mmfast.features.messages.ephemeral.types import EphemeralRequest
from mmfast.features.messages.posts.types import Post


async def may_create_ephemeral(ctx: Context, body: EphemeralRequest) -> None:
    """The body must be complete; showing posts to others is an administrator's permission."""
    if not body.user_id:
        raise INVALID_BODY_PARAM(name="user_id")
    if body.post is None:
        raise INVALID_BODY_PARAM(name="post")
    await require(ctx, "create_post_ephemeral")


@operation("CreatePostEphemeral", "POST /posts/ephemeral", guard=may_create_ephemeral)
async def create_ephemeral(ctx: Context, body: EphemeralRequest) -> Created[Post]:
    wanted = body.post
    assert wanted is not None
    post = new_ephemeral_post(
        wanted.channel_id, wanted.message, author_id=ctx.user_id, root_id=wanted.root_id, props=wanted.props
    )
    return Created(await send_ephemeral_post(ctx, body.user_id, post))
