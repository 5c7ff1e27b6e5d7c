"""The operations on custom statuses."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.features.identity.custom_statuses import guards, service
from mmfast.features.identity.custom_statuses.types import CustomStatus


@operation("UpdateUserCustomStatus", "PUT /users/{user_id}/status/custom", guard=guards.may_set_custom_status)
async def update_custom_status(ctx: Context, user_id: str, body: CustomStatus) -> None:
    """Sets the custom status."""
    await service.set_custom_status(ctx, user_id, service.completed(body))


@operation("UnsetUserCustomStatus", "DELETE /users/{user_id}/status/custom", guard=guards.may_clear_custom_status)
async def clear_custom_status(ctx: Context, user_id: str) -> None:
    """Takes the custom status away."""
    await service.clear_custom_status(ctx, user_id)


@operation(
    "RemoveRecentCustomStatus",
    "DELETE /users/{user_id}/status/custom/recent",
    guard=guards.may_remove_recent_status,
)
async def remove_recent_custom_status(ctx: Context, user_id: str, body: CustomStatus) -> None:
    """Forgets one of the recent custom statuses."""
    await service.remove_recent(ctx, user_id, body)


@operation(
    "PostUserRecentCustomStatusDelete",
    "POST /users/{user_id}/status/custom/recent/delete",
    guard=guards.may_remove_recent_status,
)
async def post_remove_recent_custom_status(ctx: Context, user_id: str, body: CustomStatus) -> None:
    """The same for clients that cannot send a body with DELETE."""
    await service.remove_recent(ctx, user_id, body)
