"""The routes of compliance reports."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.api.unavailable import declare_unavailable
from mmfast.features.admin.compliance_reports.errors import UNAVAILABLE
from mmfast.features.admin.compliance_reports.guards import may_create_report, may_download_report, may_read_reports

declare_unavailable(
    UNAVAILABLE,
    ("CreateComplianceReport", "POST /compliance/reports", may_create_report),
    ("GetComplianceReports", "GET /compliance/reports", may_read_reports),
    ("GetComplianceReport", "GET /compliance/reports/{report_id}", may_read_reports),
)


@operation(
    "DownloadComplianceReport",
    "GET /compliance/reports/{report_id}/download",
    guard=may_download_report,
    trust_requester=True,
)
async def download_report(ctx: Context) -> None:
    """A finished report as a file: there is none."""
    raise UNAVAILABLE()
