"""The operations on incoming webhooks, and the address at which programs post."""

import json
import re
from typing import Any, Final
from urllib.parse import parse_qs

import msgspec

from mmfast.api.context import Context
from mmfast.api.decoding import BodyError, read_body
from mmfast.api.forms import FormError, read_form
from mmfast.api.guards import PUBLIC
from mmfast.api.operation import OPTIONAL, operation
from mmfast.api.responses import Created, Response
from mmfast.features.integrations.incoming_webhooks import errors, service
from mmfast.features.integrations.incoming_webhooks.guards import (
    may_create_webhook,
    may_list_webhooks,
    may_manage_webhook,
    may_update_webhook,
)
from mmfast.features.integrations.incoming_webhooks.types import (
    CountedWebhooks,
    IncomingWebhook,
    IncomingWebhookDraft,
    IncomingWebhookQuery,
    Payload,
)
from mmfast.features.spaces.channels.types import Channel

_TOKEN: Final = r"[\w!#$%&'*+\-.^`|~]+"
_MEDIA_TYPE: Final = re.compile(
    rf'\s*{_TOKEN}(/{_TOKEN})?\s*(;\s*{_TOKEN}\s*=\s*({_TOKEN}|"(?:[^"\\]|\\.)*")\s*)*;?\s*'
)
_FIELDS: Final = frozenset(("text", "username", "icon_url", "icon_emoji", "channel", "type"))
"""What the fields of a multipart form may be."""


@operation("CreateIncomingWebhook", "POST /hooks/incoming", guard=may_create_webhook)
async def create_incoming_webhook(
    ctx: Context, body: IncomingWebhookDraft, loaded: Channel
) -> Created[IncomingWebhook]:
    """Makes a webhook."""
    return Created(await service.create_webhook(ctx, body, loaded))


@operation("GetIncomingWebhooks", "GET /hooks/incoming", guard=may_list_webhooks)
async def get_incoming_webhooks(
    ctx: Context, query: IncomingWebhookQuery, loaded: str
) -> list[IncomingWebhook] | CountedWebhooks:
    """A page of the webhooks that the caller may manage."""
    page = await service.list_webhooks(ctx, query.team_id, loaded, query.offset, query.limit)
    if not query.include_total_count:
        return page
    return CountedWebhooks(page, await service.count_webhooks(ctx, query.team_id, loaded))


@operation("GetIncomingWebhook", "GET /hooks/incoming/{hook_id}", guard=may_manage_webhook)
async def get_incoming_webhook(ctx: Context, hook_id: str, loaded: IncomingWebhook) -> IncomingWebhook:
    """One webhook."""
    return loaded


@operation("UpdateIncomingWebhook", "PUT /hooks/incoming/{hook_id}", guard=may_update_webhook)
async def update_incoming_webhook(
    ctx: Context, hook_id: str, loaded: IncomingWebhook, body: IncomingWebhookDraft
) -> Created[IncomingWebhook]:
    """Changes a webhook."""
    return Created(await service.update_webhook(ctx, loaded, body))


@operation("DeleteIncomingWebhook", "DELETE /hooks/incoming/{hook_id}", guard=may_manage_webhook)
async def delete_incoming_webhook(ctx: Context, hook_id: str, loaded: IncomingWebhook) -> None:
    """Removes a webhook."""
    await service.delete_webhook(ctx, loaded)


# What programs send ---------------------------------------------------------------------------------------------------


@operation("PostToIncomingWebhook", "POST //hooks/{hook_id}", guard=PUBLIC, auth=OPTIONAL, unchecked=("hook_id",))
async def post_to_incoming_webhook(ctx: Context, hook_id: str) -> Response:
    """Posts a message; knowing the address is the permission."""
    await service.receive(ctx, hook_id, await _read_payload(ctx))
    return Response(200, [("Content-Type", "text/plain")], b"ok")


async def _read_payload(ctx: Context) -> Payload:
    """The message, by whichever of the ways that Slack and its programs know it was sent."""
    assert ctx.request is not None
    content_type = ctx.request.headers.get("content-type")
    if content_type and _MEDIA_TYPE.fullmatch(content_type) is None:
        raise errors.BAD_FORM()
    limit = ctx.config.ServiceSettings.MaximumPayloadSizeBytes
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        try:
            form = await read_form(ctx.request, limit)
        except FormError as error:
            raise errors.BAD_MULTIPART(detail=str(error)) from None
        if "payload" in form.fields:
            return _decode(form.value("payload").encode())
        if unknown := form.fields.keys() - _FIELDS:
            raise errors.UNREADABLE(detail=f"unknown fields {sorted(unknown)}")
        return msgspec.convert({name: values[0] for name, values in form.fields.items()}, Payload)
    raw = await ctx.request.body(limit)
    if kind == "application/x-www-form-urlencoded":
        raw = parse_qs(raw.decode("utf-8", "replace")).get("payload", [""])[0].encode()
    return _decode(raw)


def _decode(raw: bytes) -> Payload:
    payload: Payload
    try:
        payload = read_body(raw, Payload)
    except BodyError as error:
        refusal = errors.UNREADABLE(detail=str(error))
    else:
        return payload
    try:  # programs put line breaks and tabs into texts as they are
        value: Any = json.JSONDecoder(strict=False).decode(raw.decode("utf-8", "replace"))
        payload = read_body(json.dumps(value).encode(), Payload)
    except (ValueError, RecursionError):
        raise refusal from None
    return payload
