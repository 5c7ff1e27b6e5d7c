"""Mails together what has waited long enough."""

from mmfast.api.context import Context
from mmfast.api.periodic import periodic
from mmfast.features.delivery.mention_mails import service


@periodic("mails about several messages", seconds=10)
async def send_batches(ctx: Context) -> None:
    """Looks for mails that are due as often as the configuration wants."""
    await service.look_for_batches(ctx)
