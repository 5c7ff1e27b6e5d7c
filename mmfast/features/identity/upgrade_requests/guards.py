"""Who may have administrators told of the wishes."""

from mmfast.api.context import Context
from mmfast.features.identity.roles.service import MANAGE_SYSTEM, require
from mmfast.features.identity.upgrade_requests.errors import TRIGGER_DISABLED


async def may_trigger(ctx: Context) -> None:
    """Whoever manages the system, where the configuration allows it."""
    if not ctx.config.ServiceSettings.EnableAPITriggerAdminNotifications:
        raise TRIGGER_DISABLED()
    await require(ctx, MANAGE_SYSTEM)
