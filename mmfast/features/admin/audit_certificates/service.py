"""Keeps the certificate in the file store, and its name in the configuration."""

from typing import Final

from mmfast.api.context import Context

FILE_NAME: Final = "audit-certificate.pem"
PATH: Final = f"certificates/{FILE_NAME}"


async def set_certificate(ctx: Context, data: bytes) -> None:
    """Keeps the certificate and names it in the configuration."""
    await ctx.app.files.write(PATH, data)
    await ctx.app.config_store.patch({"ExperimentalAuditSettings": {"Certificate": FILE_NAME}})


async def remove_certificate(ctx: Context) -> None:
    """Deletes the certificate, and its name from the configuration."""
    if ctx.config.ExperimentalAuditSettings.Certificate:
        await ctx.app.files.delete(PATH)
        await ctx.app.config_store.patch({"ExperimentalAuditSettings": {"Certificate": ""}})
