"""Who may read audits."""

from mmfast.api.context import Context
from mmfast.features.identity.roles.service import require, require_user_or


async def may_read_audits_of_user(ctx: Context, user_id: str) -> None:
    """Open to the user and to those who manage users."""
    await require_user_or(ctx, user_id)


async def may_read_audits(ctx: Context) -> None:
    """Open to those who read audits of the whole server."""
    await require(ctx, "read_audits")
