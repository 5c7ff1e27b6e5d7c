"""The operations on outgoing webhooks."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.api.responses import Created
from mmfast.features.integrations.outgoing_webhooks import service
from mmfast.features.integrations.outgoing_webhooks.guards import (
    may_create_webhook,
    may_list_webhooks,
    may_manage_webhook,
    may_update_webhook,
)
from mmfast.features.integrations.outgoing_webhooks.types import (
    OutgoingWebhook,
    OutgoingWebhookDraft,
    OutgoingWebhookQuery,
)


@operation("CreateOutgoingWebhook", "POST /hooks/outgoing", guard=may_create_webhook)
async def create_outgoing_webhook(ctx: Context, body: OutgoingWebhookDraft) -> Created[OutgoingWebhook]:
    """Makes a webhook."""
    return Created(await service.create_webhook(ctx, body))


@operation("GetOutgoingWebhooks", "GET /hooks/outgoing", guard=may_list_webhooks)
async def get_outgoing_webhooks(ctx: Context, query: OutgoingWebhookQuery, loaded: str) -> list[OutgoingWebhook]:
    """A page of the webhooks that the caller may manage."""
    return await service.list_webhooks(ctx, query, loaded)


@operation("GetOutgoingWebhook", "GET /hooks/outgoing/{hook_id}", guard=may_manage_webhook)
async def get_outgoing_webhook(ctx: Context, hook_id: str, loaded: OutgoingWebhook) -> OutgoingWebhook:
    """One webhook."""
    return loaded


@operation("UpdateOutgoingWebhook", "PUT /hooks/outgoing/{hook_id}", guard=may_update_webhook)
async def update_outgoing_webhook(
    ctx: Context, hook_id: str, loaded: OutgoingWebhook, body: OutgoingWebhookDraft
) -> OutgoingWebhook:
    """Changes a webhook."""
    return await service.update_webhook(ctx, loaded, body)


@operation("RegenOutgoingHookToken", "POST /hooks/outgoing/{hook_id}/regen_token", guard=may_manage_webhook)
async def regenerate_outgoing_webhook_token(ctx: Context, hook_id: str, loaded: OutgoingWebhook) -> OutgoingWebhook:
    """Gives a webhook a new token."""
    return await service.replace_token(ctx, loaded)


@operation("DeleteOutgoingWebhook", "DELETE /hooks/outgoing/{hook_id}", guard=may_manage_webhook)
async def delete_outgoing_webhook(ctx: Context, hook_id: str, loaded: OutgoingWebhook) -> None:
    """Removes a webhook."""
    await service.delete_webhook(ctx, loaded)
