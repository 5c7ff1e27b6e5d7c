"""The route that restarts the server."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.features.admin.restart.guards import may_restart


@operation("RestartServer", "POST /restart", guard=may_restart)
async def restart_server(ctx: Context) -> None:
    """Begins a restart in good order: requests that run are finished, this one among them."""
    ctx.app.restart()
