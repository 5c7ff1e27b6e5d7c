"""The operations on custom statuses."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.operation import operation
from mmfast.features.identity.custom_statuses import service
from mmfast.features.identity.custom_statuses.guards import custom_statuses_on, may_clear_custom_status
from mmfast.features.identity.custom_statuses.types import DURATIONS, CustomStatus
from mmfast.features.identity.roles.service import require_user_or


@operation("UpdateUserCustomStatus", "PUT /users/{user_id}/status/custom", guard=custom_statuses_on)
async def update_custom_status(ctx: Context, user_id: str, body: CustomStatus) -> None:
    """Sets the custom status. The reference looks at the body before it asks whose status it is."""
    body.emoji = body.emoji.strip()
    if not _is_valid(body):
        raise INVALID_BODY_PARAM(name="custom_status")
    await require_user_or(ctx, user_id)
    await service.set_custom_status(ctx, user_id, service.completed(body))


@operation("UnsetUserCustomStatus", "DELETE /users/{user_id}/status/custom", guard=may_clear_custom_status)
async def clear_custom_status(ctx: Context, user_id: str) -> None:
    """Takes the custom status away."""
    await service.clear_custom_status(ctx, user_id)


@operation("RemoveRecentCustomStatus", "DELETE /users/{user_id}/status/custom/recent", guard=custom_statuses_on)
async def remove_recent_custom_status(ctx: Context, user_id: str, body: CustomStatus) -> None:
    """Forgets one of the recent custom statuses."""
    await require_user_or(ctx, user_id)
    await service.remove_recent(ctx, user_id, body)


@operation(
    "PostUserRecentCustomStatusDelete", "POST /users/{user_id}/status/custom/recent/delete", guard=custom_statuses_on
)
async def post_remove_recent_custom_status(ctx: Context, user_id: str, body: CustomStatus) -> None:
    """The same for clients that cannot send a body with DELETE."""
    await require_user_or(ctx, user_id)
    await service.remove_recent(ctx, user_id, body)


def _is_valid(status: CustomStatus) -> bool:
    if not (status.emoji or status.text) or status.duration not in DURATIONS:
        return False
    try:
        return status.ends_in_future() or not status.duration
    except ValueError:
        return False
