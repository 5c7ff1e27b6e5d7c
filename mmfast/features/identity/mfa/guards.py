"""Who may change a user's second factor."""

from mmfast.api.context import Context
from mmfast.api.errors import PERMISSION
from mmfast.features.identity.roles.service import require_user_or
from mmfast.features.identity.users.service import get_user
from mmfast.features.identity.users.types import User


async def may_change_mfa(ctx: Context, user_id: str) -> User:
    """Open to the user and to those who manage users; never to an OAuth app that acts for the user."""
    if ctx.session is not None and ctx.session.is_oauth:
        raise PERMISSION(detail="an OAuth session may not touch the second factor")
    await require_user_or(ctx, user_id)
    return await get_user(ctx, user_id)
