"""Keeps the table of sessions from growing for ever."""

from mmfast.api.context import Context
from mmfast.api.periodic import periodic
from mmfast.features.identity.sessions import service


@periodic("expired sessions", seconds=60 * 60)
async def remove_expired(ctx: Context) -> None:
    """Removes sessions that ended by themselves."""
    await service.remove_expired(ctx)
