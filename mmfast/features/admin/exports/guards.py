"""Who may have to do with exports: they hold everything."""

from mmfast.api.context import Context
from mmfast.features.identity.roles.service import MANAGE_SYSTEM, require


async def may_use_exports(ctx: Context) -> None:
    """Whoever manages the system."""
    await require(ctx, MANAGE_SYSTEM)
