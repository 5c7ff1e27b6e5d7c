"""The routes of releases."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.api.unavailable import declare_unavailable
from mmfast.features.admin.releases.errors import NO_UPGRADE, UNKNOWN
from mmfast.features.admin.releases.guards import may_manage_releases
from mmfast.features.admin.releases.types import UpgradeStatus

declare_unavailable(UNKNOWN, ("GetLatestVersion", "GET /latest_version", may_manage_releases))
declare_unavailable(
    NO_UPGRADE,
    ("UpgradeToEnterprise", "POST /upgrade_to_enterprise", may_manage_releases),
    ("IsAllowedToUpgradeToEnterprise", "GET /upgrade_to_enterprise/allowed", may_manage_releases),
)


@operation("UpgradeToEnterpriseStatus", "GET /upgrade_to_enterprise/status", guard=may_manage_releases)
async def get_upgrade_status(ctx: Context) -> UpgradeStatus:
    """No upgrade runs, and none can."""
    return UpgradeStatus(0, NO_UPGRADE.text)
