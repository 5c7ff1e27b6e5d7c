"""Who may read reports."""

from mmfast.api.context import Context
from mmfast.features.identity.roles.service import MANAGE_SYSTEM, require


async def may_read_users(ctx: Context) -> None:
    """Whoever sees the page of users."""
    await require(ctx, "sysconsole_read_user_management_users")


async def may_read_posts(ctx: Context) -> None:
    """Whoever manages the system."""
    await require(ctx, MANAGE_SYSTEM)
