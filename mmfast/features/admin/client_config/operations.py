"""The operation that clients call first of all."""

from mmfast.api.context import Context
from mmfast.api.guards import PUBLIC
from mmfast.api.operation import OPTIONAL, operation
from mmfast.features.admin.client_config import service


@operation("GetClientConfig", "GET /config/client", auth=OPTIONAL, guard=PUBLIC)
async def get_client_config(ctx: Context) -> dict[str, str]:
    """The settings that clients need: a part of them before login, all after it. `format` makes no difference."""
    return await service.limited(ctx) if ctx.session is None else await service.full(ctx)
