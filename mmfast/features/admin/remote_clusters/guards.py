"""Who may manage connections to other servers, and who may speak for such a server."""

from mmfast.api.context import Context
from mmfast.api.errors import SESSION_EXPIRED
from mmfast.features.identity.roles.service import require


async def may_manage_connections(ctx: Context) -> None:
    """Whoever manages connections."""
    await require(ctx, "manage_secure_connections")


async def may_see_connections(ctx: Context) -> None:
    """Whoever manages connections or the channels shared over them."""
    await require(ctx, "manage_secure_connections", "manage_shared_channels")


async def proves_remote(ctx: Context) -> None:
    """Only a connected server's token lets in, and no server is connected."""
    raise SESSION_EXPIRED()
