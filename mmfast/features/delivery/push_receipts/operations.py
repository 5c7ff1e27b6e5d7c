"""The route by which phones tell that a push arrived."""

from mmfast.api.context import Context
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.features.delivery.push_receipts import service
from mmfast.features.delivery.push_receipts.errors import UNREADABLE
from mmfast.features.delivery.push_receipts.types import PushReceipt, PushText


@operation("AcknowledgeNotification", "POST /notifications/ack", guard=SIGNED_IN, body_error=UNREADABLE)
async def acknowledge_notification(ctx: Context, body: PushReceipt) -> PushText | None:
    """Takes a receipt; answers with the push's text if that is asked for."""
    return await service.take_receipt(ctx, body)
