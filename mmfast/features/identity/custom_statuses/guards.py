"""A custom status is set by its user, or by those who may edit other users, where the configuration has it on.

The reference looks at a body before it asks whose status it is, and so do these guards.
"""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.features.identity.custom_statuses import errors
from mmfast.features.identity.custom_statuses.types import DURATIONS, CustomStatus
from mmfast.features.identity.roles.service import require_user_or


async def may_set_custom_status(ctx: Context, user_id: str, body: CustomStatus) -> None:
    """A status must say something, and end in the future if it ends."""
    _require_switched_on(ctx)
    if not _is_valid(body):
        raise INVALID_BODY_PARAM(name="custom_status")
    await require_user_or(ctx, user_id)


async def may_clear_custom_status(ctx: Context, user_id: str) -> None:
    """Taking the status away."""
    _require_switched_on(ctx)
    await require_user_or(ctx, user_id)


async def may_remove_recent_status(ctx: Context, user_id: str, body: CustomStatus) -> None:
    """Forgetting a recent status. Any body of the right shape will do; it is named here so that it is read first."""
    await may_clear_custom_status(ctx, user_id)


def _require_switched_on(ctx: Context) -> None:
    if not ctx.config.TeamSettings.EnableCustomUserStatuses:
        raise errors.DISABLED()


def _is_valid(status: CustomStatus) -> bool:
    if not (status.emoji.strip() or status.text) or status.duration not in DURATIONS:
        return False
    try:
        return status.ends_in_future() or not status.duration
    except ValueError:
        return False
