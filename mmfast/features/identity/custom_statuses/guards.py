"""A custom status is set by its user, or by those who may edit other users, where the configuration has it on."""

from mmfast.api.context import Context
from mmfast.features.identity.custom_statuses import errors
from mmfast.features.identity.roles.service import require_user_or


async def custom_statuses_on(ctx: Context) -> None:
    """Refused where custom statuses are switched off. The operation itself asks whose status it is."""
    if not ctx.config.TeamSettings.EnableCustomUserStatuses:
        raise errors.DISABLED()


async def may_clear_custom_status(ctx: Context, user_id: str) -> None:
    """For the operations without a body."""
    await custom_statuses_on(ctx)
    await require_user_or(ctx, user_id)
