"""The route of ephemeral posts."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.api.responses import Created
from mmfast.features.messages.ephemeral.guards import may_create_ephemeral
from mmfast.features.messages.ephemeral.service import as_answered, new_ephemeral_post, send_ephemeral_post
from mmfast.features.messages.ephemeral.types import EphemeralRequest
from mmfast.features.messages.posts.types import Post


@operation("CreatePostEphemeral", "POST /posts/ephemeral", guard=may_create_ephemeral)
async def create_ephemeral(ctx: Context, body: EphemeralRequest) -> Created[Post]:
    wanted = body.post
    assert wanted is not None
    post = new_ephemeral_post(
        wanted.channel_id, wanted.message, author_id=ctx.user_id, root_id=wanted.root_id, props=wanted.props
    )
    return Created(as_answered(await send_ephemeral_post(ctx, body.user_id, post)))
