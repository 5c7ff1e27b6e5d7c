"""Sends what waits: mails left by an earlier run, and those to be tried again."""

from mmfast.api.context import Context
from mmfast.api.periodic import periodic
from mmfast.features.delivery.mails import service


@periodic("mails that are due", seconds=10)
async def send_due(ctx: Context) -> None:
    """Works the queue off."""
    await service.send_due(ctx)


@periodic("stale mails", seconds=60 * 60)
async def remove_stale(ctx: Context) -> None:
    """Clears the queue of what nobody will send."""
    await service.remove_stale(ctx)
