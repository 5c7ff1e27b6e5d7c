"""The operations under /license and /trial-license."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.guards import PUBLIC, SIGNED_IN
from mmfast.api.operation import OPTIONAL, operation
from mmfast.features.admin.license.errors import NEEDS_UPGRADE, OLD_FORMAT
from mmfast.features.admin.license.guards import may_manage_license
from mmfast.features.admin.license.types import ClientLicenseQuery, LoadMetric


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
