"""Keeps the table of desktop apps' tokens free of those that nobody has used."""

from mmfast.api.context import Context
from mmfast.api.periodic import periodic
from mmfast.features.identity.login import service


@periodic("expired desktop tokens", seconds=60 * 60)
async def remove_expired(ctx: Context) -> None:
    """Removes tokens that have run out."""
    await service.remove_expired_desktop_tokens(ctx)
