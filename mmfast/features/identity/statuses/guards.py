"""Everybody signed in may read a status; it is set by its user, or by those who may edit other users."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.features.identity.roles.service import require_user_or
from mmfast.features.identity.statuses.types import StatusUpdate


async def may_set_status(ctx: Context, user_id: str, body: StatusUpdate) -> None:
    """The body must name the user of the address, and that is the caller or somebody the caller may edit."""
    if body.user_id != user_id:
        raise INVALID_BODY_PARAM(name="user_id")
    await require_user_or(ctx, user_id)
