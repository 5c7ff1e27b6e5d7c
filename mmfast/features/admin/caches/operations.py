"""The route that empties the caches."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.features.admin.caches.guards import may_invalidate_caches

_NEVER_KEPT = ("Cache-Control", "no-cache, no-store, must-revalidate")


@operation("InvalidateCaches", "POST /caches/invalidate", guard=may_invalidate_caches)
async def invalidate_caches(ctx: Context) -> None:
    """Makes every worker forget everything it could read again."""
    ctx.add_header(*_NEVER_KEPT)
    ctx.invalidate_everything()
