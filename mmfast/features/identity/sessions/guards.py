"""Who may see and end sessions."""

from mmfast.api.context import Context
from mmfast.features.identity.roles.service import require, require_user_or


async def may_manage_sessions(ctx: Context, user_id: str) -> None:
    """Open to the user and to those who manage users."""
    await require_user_or(ctx, user_id)


async def may_end_all_sessions(ctx: Context) -> None:
    """Open to system administrators."""
    await require(ctx, "manage_system")
