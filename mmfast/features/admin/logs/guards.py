"""Who may read the log, and who may write to it."""

from mmfast.api.context import Context
from mmfast.api.errors import PERMISSION
from mmfast.features.identity.roles.service import require


async def may_read_logs(ctx: Context) -> None:
    """Whoever holds the permission for it."""
    await require(ctx, "get_logs")


async def may_write_log(ctx: Context) -> None:
    """Everybody with a session; strangers only where the server serves developers."""
    if ctx.session is None and not ctx.config.ServiceSettings.EnableDeveloper:
        raise PERMISSION(detail="needs a session")
