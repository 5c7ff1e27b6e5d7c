"""Who may ask for the support packet."""

from mmfast.api.context import Context
from mmfast.features.identity.roles.service import require


async def may_make_support_packet(ctx: Context) -> None:
    """Whoever manages the system."""
    await require(ctx, "manage_system")
