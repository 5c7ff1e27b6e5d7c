"""Who may manage outgoing connections."""

from mmfast.api.context import Context
from mmfast.features.identity.roles.service import require


async def may_manage_connections(ctx: Context) -> None:
    """Whoever manages outgoing connections."""
    await require(ctx, "manage_outgoing_oauth_connections")
