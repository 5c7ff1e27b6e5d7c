"""Who may see and remove what waits to be imported."""

from mmfast.api.context import Context
from mmfast.features.identity.roles.service import MANAGE_SYSTEM, require


async def may_manage_imports(ctx: Context) -> None:
    """The system administrator: an import can make anything."""
    await require(ctx, MANAGE_SYSTEM)
