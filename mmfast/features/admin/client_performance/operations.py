"""The route by which clients report their performance."""

import logging

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.core.clock import now_ms
from mmfast.features.admin.client_performance import service
from mmfast.features.admin.client_performance.types import PerformanceReport

log = logging.getLogger(__name__)


@operation("SubmitPerformanceReport", "POST /client_perf", guard=SIGNED_IN, trust_requester=True)
async def submit_performance_report(ctx: Context, body: PerformanceReport) -> None:
    """Takes a report."""
    if not body.is_usable(now_ms()):
        raise INVALID_BODY_PARAM(name="performance_report")
    log.debug("performance report", extra={"counters": len(body.counters), "histograms": len(body.histograms)})
    if ctx.config.MetricsSettings.EnableClientMetrics:
        service.count(body)
