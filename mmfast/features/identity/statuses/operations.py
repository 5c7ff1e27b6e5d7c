"""The operations on statuses."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.core.ids import is_valid_id
from mmfast.features.identity.statuses import service
from mmfast.features.identity.statuses.guards import may_set_status
from mmfast.features.identity.statuses.types import CHOSEN_BY_HAND, Status, StatusUpdate


@operation("GetUserStatus", "GET /users/{user_id}/status", guard=SIGNED_IN)
async def get_user_status(ctx: Context, user_id: str) -> Status:
    """A user's status; unknown users are offline."""
    return (await service.get_presence(ctx, user_id)).shown()


@operation("GetUsersStatusesByIds", "POST /users/status/ids", guard=SIGNED_IN)
async def get_statuses_by_ids(ctx: Context, body: list[str]) -> list[Status]:
    """The statuses of several users."""
    if not body or not all(is_valid_id(user_id) for user_id in body):
        raise INVALID_BODY_PARAM(name="user_ids")
    return [presence.shown() for presence in await service.list_presences(ctx, body)]


@operation("UpdateUserStatus", "PUT /users/{user_id}/status", guard=may_set_status)
async def update_user_status(ctx: Context, user_id: str, body: StatusUpdate) -> Status:
    """Sets a status by hand."""
    if body.status not in CHOSEN_BY_HAND:
        raise INVALID_BODY_PARAM(name="status")
    await service.set_by_hand(ctx, user_id, body.status, body.dnd_end_time)
    return (await service.get_presence(ctx, user_id)).shown()
