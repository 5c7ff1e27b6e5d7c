"""The route of the installation's nodes."""

from typing import Any

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.features.admin.cluster.guards import may_read_cluster


@operation("GetClusterStatus", "GET /cluster/status", guard=may_read_cluster)
async def get_cluster_status(ctx: Context) -> list[dict[str, Any]]:
    """The nodes that are well."""
    return []
