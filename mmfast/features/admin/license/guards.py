"""Who may ask for what about licences."""

from mmfast.api.context import Context
from mmfast.features.identity.roles.service import require


async def may_manage_license(ctx: Context) -> None:
    """Whoever manages the licence."""
    await require(ctx, "manage_license_information")
