"""Who may show posts to others that are kept nowhere."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.features.identity.roles.service import require
from mmfast.features.messages.ephemeral.types import EphemeralRequest


async def may_create_ephemeral(ctx: Context, body: EphemeralRequest) -> None:
    """The body must be complete; showing posts to others is an administrator's permission."""
    if not body.user_id:
        raise INVALID_BODY_PARAM(name="user_id")
    if body.post is None:
        raise INVALID_BODY_PARAM(name="post")
    await require(ctx, "create_post_ephemeral")
