"""Keeps the store free of uploads that were given up."""

from mmfast.api.context import Context
from mmfast.api.periodic import periodic
from mmfast.features.messages.uploads import service


@periodic("abandoned uploads", seconds=60 * 60)
async def remove_abandoned(ctx: Context) -> None:
    """Removes what nobody will finish."""
    await service.remove_abandoned(ctx)
