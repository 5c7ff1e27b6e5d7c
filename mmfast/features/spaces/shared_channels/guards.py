"""Who may use shared channels, were the service there."""

from mmfast.api.context import Context
from mmfast.features.identity.roles.service import require
from mmfast.features.spaces.shared_channels.errors import SERVICE_OFF


async def may_read_shared(ctx: Context) -> None:
    """Everybody, were the service there."""
    raise SERVICE_OFF()


async def may_share_channels(ctx: Context) -> None:
    """Sharing channels is a permission over the system."""
    await require(ctx, "manage_shared_channels")
    raise SERVICE_OFF()


async def may_read_connections(ctx: Context) -> None:
    """Seeing what is shared over a connection is a permission over the system."""
    await require(ctx, "manage_secure_connections")
    raise SERVICE_OFF()
