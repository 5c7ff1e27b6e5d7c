"""The operations on the server as a whole."""

import zoneinfo
from functools import lru_cache

from mmfast.api.context import Context
from mmfast.api.errors import NOT_FOUND
from mmfast.api.guards import PUBLIC, SIGNED_IN
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
    if query.get_server_status != "true":
        return ping
    well = await service.add_parts(ctx, ping)
    for name in ("status", "database_status", "filestore_status"):  # monitors that read no JSON look at headers
        ctx.add_header(name, getattr(ping, name))
    return ping if well else JSONResponse(ping, status=500)


@lru_cache(maxsize=1)
def _zones() -> list[str]:
    return sorted(zoneinfo.available_timezones() - {"Factory", "localtime"})  # these two name no place


@operation("GetSupportedTimezone", "GET /system/timezones", guard=SIGNED_IN)
async def get_supported_timezones(ctx: Context) -> list[str]:
    """The names of the time zones that people may choose."""
    return _zones()


@operation("ManualTest", "GET //manualtest", guard=PUBLIC, auth=OPTIONAL)
async def manual_test(ctx: Context) -> None:
    """Makes sample data on the reference's own test servers; never here."""
    raise NOT_FOUND()
