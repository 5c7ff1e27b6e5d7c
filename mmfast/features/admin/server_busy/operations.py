"""The routes of the busy state."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_URL_PARAM
from mmfast.api.operation import operation
from mmfast.features.admin.server_busy import service
from mmfast.features.admin.server_busy.guards import may_manage_busy_state
from mmfast.features.admin.server_busy.types import DEFAULT_SECONDS, MAX_SECONDS, BusyQuery, BusyState


@operation("SetServerBusy", "POST /server_busy", guard=may_manage_busy_state)
async def set_server_busy(ctx: Context, query: BusyQuery) -> None:
    """Marks the server busy for some time."""
    text = query.seconds or str(DEFAULT_SECONDS)
    seconds = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    if not 0 < seconds <= MAX_SECONDS:
        raise INVALID_URL_PARAM(name="seconds")
    service.mark_busy(ctx, seconds)


@operation("ClearServerBusy", "DELETE /server_busy", guard=may_manage_busy_state)
async def clear_server_busy(ctx: Context) -> None:
    """Takes the mark away."""
    service.mark_busy(ctx, 0)


@operation("GetServerBusyExpires", "GET /server_busy", guard=may_manage_busy_state)
async def get_server_busy(ctx: Context) -> BusyState:
    """Whether the server is marked busy."""
    return service.get_state(ctx)
