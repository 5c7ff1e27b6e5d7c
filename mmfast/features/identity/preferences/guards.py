"""Preferences are their user's own; those who may edit other users may read and write them."""

from mmfast.api.context import Context
from mmfast.features.identity.roles.service import require_user_or


async def may_edit_preferences(ctx: Context, user_id: str) -> None:
    """The user, or whoever may edit other users."""
    await require_user_or(ctx, user_id)
