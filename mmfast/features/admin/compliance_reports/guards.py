"""Who may have compliance reports made, and read them."""

from mmfast.api.context import Context
from mmfast.features.admin.compliance_reports.types import ReportWish
from mmfast.features.identity.roles.service import require


async def may_create_report(ctx: Context, body: ReportWish) -> None:
    """Whoever sets up the monitoring."""
    await require(ctx, "sysconsole_write_compliance_compliance_monitoring")


async def may_read_reports(ctx: Context) -> None:
    """Whoever sees the monitoring."""
    await require(ctx, "sysconsole_read_compliance_compliance_monitoring")


async def may_download_report(ctx: Context) -> None:
    """Whoever may take results away."""
    await require(ctx, "download_compliance_export_result")
