"""The route of analytics."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.operation import operation
from mmfast.features.admin.analytics import service
from mmfast.features.admin.analytics.guards import may_read_analytics
from mmfast.features.admin.analytics.types import AnalyticsQuery, Figure


@operation("GetAnalyticsOld", "GET /analytics/old", guard=may_read_analytics)
async def get_analytics(ctx: Context, query: AnalyticsQuery) -> list[Figure]:
    """A set of figures."""
    figures = await service.find_figures(ctx, query.name or "standard", query.team_id)
    if figures is None:
        raise INVALID_BODY_PARAM(name="name")
    return figures
