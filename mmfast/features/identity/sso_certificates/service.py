"""Keeps certificates in the file store, under the names that the configuration gives them."""

from mmfast.api.context import Context
from mmfast.features.identity.sso_certificates import errors
from mmfast.features.identity.sso_certificates.types import (
    SAML_IDP,
    SAML_PRIVATE,
    SAML_PUBLIC,
    CertificateStatus,
    Slot,
)


def _path(slot: Slot) -> str:
    return f"certificates/{slot.file_name}"


def _is_set(ctx: Context, slot: Slot) -> bool:
    return bool(getattr(getattr(ctx.config, slot.section), slot.setting))


async def set_certificate(ctx: Context, slot: Slot, data: bytes) -> None:
    """Keeps the certificate and names it in the configuration."""
    await ctx.app.files.write(_path(slot), data)
    await ctx.app.config_store.patch({slot.section: {slot.setting: slot.file_name}})


async def remove_certificate(ctx: Context, slot: Slot) -> None:
    """Deletes the certificate, and its name from the configuration. What needs it is switched off with it."""
    if not _is_set(ctx, slot):
        raise errors.NONE_TO_REMOVE()
    await ctx.app.files.delete(_path(slot))
    await ctx.app.config_store.patch({slot.section: {slot.setting: "", "Enable": False}})


def get_saml_status(ctx: Context) -> CertificateStatus:
    """Which of the SAML certificates are there."""
    return CertificateStatus(_is_set(ctx, SAML_IDP), _is_set(ctx, SAML_PRIVATE), _is_set(ctx, SAML_PUBLIC))
