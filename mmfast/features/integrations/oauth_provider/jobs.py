"""Keeps the table of codes free of those that no app has used."""

from mmfast.api.context import Context
from mmfast.api.periodic import periodic
from mmfast.features.integrations.oauth_provider import service


@periodic("expired OAuth codes", seconds=60 * 60)
async def remove_expired(ctx: Context) -> None:
    """Removes codes that have run out."""
    await service.remove_expired_codes(ctx)
