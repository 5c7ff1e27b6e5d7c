"""The route of the limits."""

from mmfast.api.context import Context
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.features.admin.limits.types import ServerLimits
from mmfast.features.identity.roles.service import may
from mmfast.features.identity.users.store import count_people


@operation("GetServerLimits", "GET /limits/server", guard=SIGNED_IN)
async def get_server_limits(ctx: Context) -> ServerLimits:
    """No limits; how many users there are, for those who may see the users."""
    if not await may(ctx, "sysconsole_read_user_management_users"):
        return ServerLimits()
    return ServerLimits(activeUserCount=await count_people(ctx.db))
