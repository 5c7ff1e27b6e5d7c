"""Keeps the table of tokens free of those that nobody can use any more."""

from mmfast.api.context import Context
from mmfast.api.periodic import periodic
from mmfast.features.identity.one_time_tokens import service


@periodic("expired tokens", seconds=60 * 60)
async def remove_expired(ctx: Context) -> None:
    """Removes tokens that have run out."""
    await service.remove_expired(ctx)
