"""Makes trigger ids and takes them back. They are signed, and good as long as an integration may take to answer."""

import binascii
import hashlib
import hmac
from base64 import b64decode, b64encode
from typing import Final

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.ids import new_id
from mmfast.features.integrations.trigger_ids import errors
from mmfast.features.integrations.trigger_ids.types import TriggerId
from mmfast.features.messages.attachments.service import get_secret

_PURPOSE: Final = b"trigger id:"
"""Sets these signatures apart from whatever else the installation's secret protects."""


async def create_trigger_id(ctx: Context, user_id: str) -> TriggerId:
    """A trigger id for what this user is doing."""
    trigger_id = new_id()
    content = f"{trigger_id}:{user_id}:{now_ms()}"
    signed = f"{content}:{await _sign(ctx, content)}"
    return TriggerId(trigger_id, b64encode(signed.encode()).decode())


async def read_trigger_id(ctx: Context, signed: str) -> tuple[str, str]:
    """The id that the client knows, and the user; refuses what is forged or old."""
    try:
        text = b64decode(signed, validate=True).decode()
    except (binascii.Error, ValueError):
        raise errors.NOT_BASE64() from None
    content, _, signature = text.rpartition(":")
    parts = content.split(":")
    if len(parts) != 3 or not parts[2].isdecimal():
        raise errors.INCOMPLETE()
    if not hmac.compare_digest(signature.encode(), (await _sign(ctx, content)).encode()):
        raise errors.FORGED()
    trigger_id, user_id, moment = parts
    if now_ms() - int(moment) > ctx.config.ServiceSettings.OutgoingIntegrationRequestsTimeout * 1000:
        raise errors.EXPIRED()
    return trigger_id, user_id


async def _sign(ctx: Context, content: str) -> str:
    return hmac.new(await get_secret(ctx), _PURPOSE + content.encode(), hashlib.sha256).hexdigest()
