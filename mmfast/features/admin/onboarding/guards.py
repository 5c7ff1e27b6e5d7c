"""Who may complete the set-up."""

from mmfast.api.context import Context
from mmfast.features.admin.onboarding.errors import NOT_ADMIN
from mmfast.features.identity.roles.service import MANAGE_SYSTEM, may, require


async def may_complete_setup(ctx: Context) -> None:
    """Whoever manages the system."""
    if not await may(ctx, MANAGE_SYSTEM):
        raise NOT_ADMIN()


async def may_read_setup(ctx: Context) -> None:
    """Whoever manages the system."""
    await require(ctx, MANAGE_SYSTEM)
