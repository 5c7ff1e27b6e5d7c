"""Who may set the certificate."""

from mmfast.api.context import Context
from mmfast.features.identity.roles.service import require


async def may_manage_certificate(ctx: Context) -> None:
    """Whoever changes the page of experimental features."""
    await require(ctx, "sysconsole_write_experimental_features")
