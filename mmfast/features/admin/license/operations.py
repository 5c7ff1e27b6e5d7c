"""The operations under /license and /trial-license."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.forms import FormError, read_form
from mmfast.api.guards import PUBLIC, SIGNED_IN
from mmfast.api.operation import OPTIONAL, operation
from mmfast.api.responses import Response
from mmfast.features.admin.license.errors import NEEDS_UPGRADE, NO_FILE, NOT_TAKEN, OLD_FORMAT
from mmfast.features.admin.license.guards import may_manage_license
from mmfast.features.admin.license.types import ClientLicenseQuery, LoadMetric

NOT_A_FORM = b"request Content-Type isn't multipart/form-data\n"
"""Clients know this answer by its text, which is that of many HTTP libraries."""


@operation("GetClientLicense", "GET /license/client", auth=OPTIONAL, guard=PUBLIC)
async def get_client_license(ctx: Context, query: ClientLicenseQuery) -> dict[str, str]:
    """The licence as clients need it: none."""
    if not query.format:
        raise OLD_FORMAT()
    if query.format != "old":
        raise INVALID_BODY_PARAM(name="format")
    return {"IsLicensed": "false"}


@operation("GetLicenseLoadMetric", "GET /license/load_metric", guard=SIGNED_IN)
async def get_license_load_metric(ctx: Context) -> LoadMetric:
    """Always zero: there are no seats to count."""
    return LoadMetric()


@operation("UploadLicenseFile", "POST /license", guard=may_manage_license)
async def upload_license_file(ctx: Context) -> Response:
    """Takes no licence, whatever is in it."""
    assert ctx.request is not None
    try:
        form = await read_form(ctx.request, ctx.config.FileSettings.MaxFileSize)
    except FormError:
        return Response(400, [("Content-Type", "text/plain; charset=utf-8")], NOT_A_FORM)
    if "license" not in form.files:
        raise NO_FILE()
    raise NOT_TAKEN()


@operation("RemoveLicenseFile", "DELETE /license", guard=may_manage_license)
async def remove_license_file(ctx: Context) -> None:
    """Nothing to remove."""


@operation("RequestTrialLicense", "POST /trial-license", guard=may_manage_license)
async def request_trial_license(ctx: Context) -> None:
    """There are no trials."""
    raise NEEDS_UPGRADE()


@operation("GetPrevTrialLicense", "GET /trial-license/prev", guard=SIGNED_IN)
async def get_prev_trial_license(ctx: Context) -> None:
    """There was no trial."""
    raise NEEDS_UPGRADE()
