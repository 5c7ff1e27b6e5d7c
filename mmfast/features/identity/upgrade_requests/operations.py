"""The route of requests for features."""

from mmfast.api.context import Context
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.core.clock import now_ms
from mmfast.features.identity.upgrade_requests import errors, store
from mmfast.features.identity.upgrade_requests.types import MAX_FEATURE, MAX_PLAN, UpgradeRequest


@operation("NotifyAdmin", "POST /users/notify-admin", guard=SIGNED_IN)
async def notify_admin(ctx: Context, body: UpgradeRequest) -> None:
    """Keeps that the caller wishes for a feature, once for each."""
    if not 0 < len(body.required_plan) <= MAX_PLAN or not 0 < len(body.required_feature) <= MAX_FEATURE:
        raise errors.NOT_SAVED()
    if not await store.insert_request(ctx.db, ctx.user_id, body, now_ms()):
        raise errors.ASKED_ALREADY()
