"""The routes of certificates."""

from typing import Final

from mmfast.api.context import Context
from mmfast.api.forms import FormError, read_form
from mmfast.api.operation import operation
from mmfast.core.errors import ErrorKind
from mmfast.features.identity.sso_certificates import errors, service
from mmfast.features.identity.sso_certificates.guards import needs
from mmfast.features.identity.sso_certificates.types import (
    LDAP_PRIVATE,
    LDAP_PUBLIC,
    SAML_IDP,
    SAML_PRIVATE,
    SAML_PUBLIC,
    CertificateStatus,
    Slot,
)

_MAX_BYTES: Final = 1024 * 1024
_PEM: Final = "application/x-pem-file"


async def _read_certificate(ctx: Context, no_form: ErrorKind) -> bytes:
    assert ctx.request is not None
    try:
        form = await read_form(ctx.request, _MAX_BYTES)
    except FormError as error:
        raise no_form(detail=str(error)) from None
    files = form.files.get("certificate")
    if not files:
        raise errors.NO_FILE()
    if len(files) > 1:
        raise errors.SEVERAL_FILES()
    return files[0].data


async def _read_idp_certificate(ctx: Context) -> bytes:
    """The provider's certificate may also be the body itself."""
    assert ctx.request is not None
    kind = ctx.request.headers.get("content-type").partition(";")[0].strip().lower()
    if not kind:
        raise errors.TYPE_MISSING()
    if kind == _PEM:
        body = await ctx.request.body(_MAX_BYTES)
        if not body:
            raise errors.BODY_UNREADABLE()
        return body
    if kind != "multipart/form-data":
        raise errors.TYPE_UNKNOWN()
    return await _read_certificate(ctx, errors.NO_FILE)


@operation("UploadSamlIdpCertificate", "POST /saml/certificate/idp", guard=needs("add_saml_idp_cert"))
async def upload_saml_idp_certificate(ctx: Context) -> None:
    """Sets the identity provider's certificate."""
    await service.set_certificate(ctx, SAML_IDP, await _read_idp_certificate(ctx))


@operation("GetSamlCertificateStatus", "GET /saml/certificate/status", guard=needs("get_saml_cert_status"))
async def get_saml_certificate_status(ctx: Context) -> CertificateStatus:
    """Which of the SAML certificates are there."""
    return service.get_saml_status(ctx)


def _declare_upload(name: str, route: str, permission: str, slot: Slot, no_form: ErrorKind) -> None:
    @operation(name, "POST " + route, guard=needs(permission))
    async def upload(ctx: Context) -> None:
        await service.set_certificate(ctx, slot, await _read_certificate(ctx, no_form))


def _declare_removal(name: str, route: str, permission: str, slot: Slot) -> None:
    @operation(name, "DELETE " + route, guard=needs(permission))
    async def remove(ctx: Context) -> None:
        await service.remove_certificate(ctx, slot)


_SAML_PUBLIC, _SAML_PRIVATE = "/saml/certificate/public", "/saml/certificate/private"
_LDAP_PUBLIC, _LDAP_PRIVATE = "/ldap/certificate/public", "/ldap/certificate/private"

_declare_upload("UploadSamlPublicCertificate", _SAML_PUBLIC, "add_saml_public_cert", SAML_PUBLIC, errors.NO_FILE)
_declare_upload("UploadSamlPrivateCertificate", _SAML_PRIVATE, "add_saml_private_cert", SAML_PRIVATE, errors.NO_FILE)
_declare_upload("UploadLdapPublicCertificate", _LDAP_PUBLIC, "add_ldap_public_cert", LDAP_PUBLIC, errors.NO_FORM)
_declare_upload("UploadLdapPrivateCertificate", _LDAP_PRIVATE, "add_ldap_private_cert", LDAP_PRIVATE, errors.NO_FORM)

_declare_removal("DeleteSamlIdpCertificate", "/saml/certificate/idp", "remove_saml_idp_cert", SAML_IDP)
_declare_removal("DeleteSamlPublicCertificate", _SAML_PUBLIC, "remove_saml_public_cert", SAML_PUBLIC)
_declare_removal("DeleteSamlPrivateCertificate", _SAML_PRIVATE, "remove_saml_private_cert", SAML_PRIVATE)
_declare_removal("DeleteLdapPublicCertificate", _LDAP_PUBLIC, "remove_ldap_public_cert", LDAP_PUBLIC)
_declare_removal("DeleteLdapPrivateCertificate", _LDAP_PRIVATE, "remove_ldap_private_cert", LDAP_PRIVATE)
