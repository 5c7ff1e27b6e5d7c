"""The route of the test message."""

from mmfast.api.context import Context
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.features.delivery.test_notifications import service


@operation("TestNotification", "POST /notifications/test", guard=SIGNED_IN)
async def send_test_notification(ctx: Context) -> None:
    """Has the system's bot write to the caller."""
    await service.send_test_message(ctx)
