"""Who may empty the caches."""

from mmfast.api.context import Context
from mmfast.features.identity.roles.service import require


async def may_invalidate_caches(ctx: Context) -> None:
    """Whoever holds the permission for it."""
    await require(ctx, "invalidate_caches")
