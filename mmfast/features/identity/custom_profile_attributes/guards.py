"""Who may use custom profile attributes: nobody yet."""

from mmfast.api.context import Context
from mmfast.features.identity.custom_profile_attributes.errors import LICENSE_NEEDED
from mmfast.features.identity.roles.service import require


async def attributes_available(ctx: Context) -> None:
    """Refuses everybody with a session alike."""
    raise LICENSE_NEEDED()


async def may_define_attributes(ctx: Context) -> None:
    """Who may not manage the system hears that first."""
    await require(ctx, "manage_system")
    raise LICENSE_NEEDED()
