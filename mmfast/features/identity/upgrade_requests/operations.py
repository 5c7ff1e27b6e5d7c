"""The routes of requests for features."""

from mmfast.api.context import Context
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.features.identity.upgrade_requests import guards, service
from mmfast.features.identity.upgrade_requests.types import UpgradeRequest


@operation("NotifyAdmin", "POST /users/notify-admin", guard=SIGNED_IN)
async def notify_admin(ctx: Context, body: UpgradeRequest) -> None:
    """Keeps that the caller wishes for a feature."""
    await service.keep_request(ctx, body)


@operation("TriggerNotifyAdminPosts", "POST /users/trigger-notify-admin-posts", guard=guards.may_trigger)
async def trigger_notify_admin_posts(ctx: Context, body: UpgradeRequest) -> None:
    """Has the administrators told now, rather than at the next round."""
    await service.tell_administrators(ctx, body.trial_notification)
