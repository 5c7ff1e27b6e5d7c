"""What happens to statuses as time goes by."""

from mmfast.api.context import Context
from mmfast.api.periodic import periodic
from mmfast.features.identity.statuses import service


@periodic("end of do-not-disturb", seconds=30)
async def end_expired_dnd(ctx: Context) -> None:
    """Gives the former status back to those whose do-not-disturb has run out."""
    await service.end_expired_dnd(ctx)
