"""Who may read analytics."""

from mmfast.api.context import Context
from mmfast.features.identity.roles.service import require


async def may_read_analytics(ctx: Context) -> None:
    """Whoever holds the permission for it."""
    await require(ctx, "get_analytics")
