"""Who may have the administrators told."""

from mmfast.api.context import Context
from mmfast.api.errors import PERMISSION
from mmfast.features.identity.roles.service import require


async def may_trigger(ctx: Context) -> None:
    """Administrators, where the configuration allows it."""
    if not ctx.config.ServiceSettings.EnableAPITriggerAdminNotifications:
        raise PERMISSION(detail="ServiceSettings.EnableAPITriggerAdminNotifications is off")
    await require(ctx, "manage_system")
