"""The operations on the server's health."""

from mmfast.api.context import Context
from mmfast.api.guards import PUBLIC
from mmfast.api.operation import OPTIONAL, operation
from mmfast.api.responses import JSONResponse
from mmfast.features.admin.system import service
from mmfast.features.admin.system.types import Ping, PingQuery


@operation("GetPing", "GET /system/ping", guard=PUBLIC, auth=OPTIONAL)
async def get_ping(ctx: Context, query: PingQuery) -> Ping | JSONResponse[Ping]:
    """Says that the server works; with get_server_status=true, whether its database and file store do."""
    ping = service.get_ping(ctx)
    if query.device_id:
        ping.CanReceiveNotifications = "false"
    if query.get_server_status == "true" and not await service.add_parts(ctx, ping):
        return JSONResponse(ping, status=500)
    return ping
