"""Who may see the nodes."""

from mmfast.api.context import Context
from mmfast.features.identity.roles.service import require


async def may_read_cluster(ctx: Context) -> None:
    """Whoever sees the page of high availability."""
    await require(ctx, "sysconsole_read_environment_high_availability")
