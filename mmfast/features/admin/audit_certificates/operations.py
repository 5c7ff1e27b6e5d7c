"""The routes of the audit log's certificate."""

from typing import Final

from mmfast.api.context import Context
from mmfast.api.forms import FormError, read_form
from mmfast.api.operation import operation
from mmfast.features.admin.audit_certificates import errors, service
from mmfast.features.admin.audit_certificates.guards import may_manage_certificate

_MAX_BYTES: Final = 1024 * 1024


@operation("AddAuditLogCertificate", "POST /audit_logs/certificate", guard=may_manage_certificate)
async def add_audit_log_certificate(ctx: Context) -> None:
    """Takes the certificate in the form field `certificate`."""
    assert ctx.request is not None
    try:
        form = await read_form(ctx.request, _MAX_BYTES)
    except FormError as error:
        raise errors.NOT_A_FORM(detail=str(error)) from None
    files = form.files.get("certificate")
    if not files:
        raise errors.NO_FILE()
    if len(files) > 1:
        raise errors.SEVERAL_FILES()
    await service.set_certificate(ctx, files[0].data)


@operation("RemoveAuditLogCertificate", "DELETE /audit_logs/certificate", guard=may_manage_certificate)
async def remove_audit_log_certificate(ctx: Context) -> None:
    """Takes the certificate away, if there is one."""
    await service.remove_certificate(ctx)
