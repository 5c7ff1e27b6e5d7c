"""The operations on statuses, over HTTP and over the WebSocket."""

from typing import Any

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.core.ids import are_valid_ids, is_valid_id
from mmfast.features.identity.statuses import service
from mmfast.features.identity.statuses.guards import may_set_status
from mmfast.features.identity.statuses.types import CHOSEN_BY_HAND, Status, StatusUpdate
from mmfast.realtime.actions import action, get_param
from mmfast.realtime.connection import LINE_CLOSED, LINE_OPENED, LineNews
from mmfast.realtime.errors import INVALID_PARAM
from mmfast.realtime.line import Line


@operation("GetUserStatus", "GET /users/{user_id}/status", guard=SIGNED_IN)
async def get_user_status(ctx: Context, user_id: str) -> Status:
    """A user's status; unknown users are offline."""
    return (await service.get_shown(ctx, user_id)).shown()


@operation("GetUsersStatusesByIds", "POST /users/status/ids", guard=SIGNED_IN)
async def get_statuses_by_ids(ctx: Context, body: list[str]) -> list[Status]:
    """The statuses of several users."""
    if not body or not are_valid_ids(body):
        raise INVALID_BODY_PARAM(name="user_ids")
    return [presence.shown() for presence in await service.list_presences(ctx, body)]


@operation("UpdateUserStatus", "PUT /users/{user_id}/status", guard=may_set_status)
async def update_user_status(ctx: Context, user_id: str, body: StatusUpdate) -> Status:
    """Sets a status by hand."""
    if body.status not in CHOSEN_BY_HAND:
        raise INVALID_BODY_PARAM(name="status")
    await service.set_by_hand(ctx, user_id, body.status, body.dnd_end_time)
    return (await service.get_shown(ctx, user_id)).shown()


@action("get_statuses")
async def get_all_statuses(ctx: Context, line: Line, data: dict[str, Any]) -> dict[str, str]:
    """The statuses of all who are not offline, by user id."""
    return await service.list_present(ctx)


@action("get_statuses_by_ids")
async def get_named_statuses(ctx: Context, line: Line, data: dict[str, Any]) -> dict[str, str]:
    """The statuses of several users, by user id."""
    user_ids = get_param(data, "user_ids", list)
    if not user_ids or not all(isinstance(i, str) and is_valid_id(i) for i in user_ids):
        raise INVALID_PARAM(name="user_ids")
    return {presence.user_id: presence.status for presence in await service.list_presences(ctx, user_ids)}


@action("user_update_active_status")
async def update_active_status(ctx: Context, line: Line, data: dict[str, Any]) -> None:
    """The client tells whether its user is active; `manual` says that the user chose so."""
    by_hand = data.get("manual") is True
    if get_param(data, "user_is_active", bool):
        await service.set_online(ctx, line.user_id, by_hand=by_hand)
    else:
        await service.set_away(ctx, line.user_id, by_hand=by_hand)


@LINE_OPENED.register
async def come_online(ctx: Context, news: LineNews) -> None:
    """Whoever connects is here."""
    await service.set_online(ctx, news.user_id)


@LINE_CLOSED.register
async def go_offline(ctx: Context, news: LineNews) -> None:
    """Whoever has no connection left is gone."""
    if not ctx.app.hub.is_connected(news.user_id):
        await service.set_offline(ctx, news.user_id)
