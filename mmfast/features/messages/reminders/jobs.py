"""Sends reminders when their time has come."""

from mmfast.api.context import Context
from mmfast.api.periodic import periodic
from mmfast.features.messages.reminders import service


@periodic("reminders that are due", seconds=60)
async def send_due(ctx: Context) -> None:
    """Reminds those whose time it is (people choose minutes); of several workers, each reminder is sent by one."""
    await service.send_due(ctx)
