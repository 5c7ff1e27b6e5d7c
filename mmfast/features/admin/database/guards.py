"""Who may look at the database and renew its connections."""

from mmfast.api.context import Context
from mmfast.features.identity.roles.service import MANAGE_SYSTEM, require, require_local


async def may_recycle_connections(ctx: Context) -> None:
    """Whoever holds the permission for it."""
    await require(ctx, "recycle_database_connections")


async def may_read_schema_version(ctx: Context) -> None:
    """Whoever manages the system."""
    await require(ctx, MANAGE_SYSTEM)


async def may_check_integrity(ctx: Context) -> None:
    """The machine's own administrator."""
    require_local(ctx)
