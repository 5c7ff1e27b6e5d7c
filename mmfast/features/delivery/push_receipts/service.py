"""Passes receipts on to the push server, and gives phones the text of pushes that held none."""

import logging
from typing import Final

import msgspec

from mmfast.api.context import Context
from mmfast.api.errors import PERMISSION
from mmfast.features.delivery.push_receipts import errors
from mmfast.features.delivery.push_receipts.types import CLEAR, MESSAGE, PushReceipt, PushText
from mmfast.features.identity.users.service import get_user
from mmfast.features.messages.posts.service import get_post
from mmfast.features.spaces.channels.guards import may_read_content
from mmfast.features.spaces.channels.service import get_channel
from mmfast.platform.metrics import OTHER, counters
from mmfast.platform.outgoing import Limits, OutgoingError

log = logging.getLogger(__name__)

RECEIPTS: Final = counters(
    "mattermost_notifications_total_ack", "Notifications that a phone has acknowledged.", "platform"
)
PLATFORMS: Final = ("android", "ios")

_PATH: Final = "/api/v1/ack"
_LIMITS: Final = Limits(seconds=10, max_bytes=64 * 1024)
_HEADERS: Final = {"User-Agent": "Mattermost-Bot/1.1"}
"""Push servers know callers by this name."""


async def take_receipt(ctx: Context, receipt: PushReceipt) -> PushText | None:
    """Passes the receipt on; gives the push's text where the phone asks for it."""
    settings = ctx.config.EmailSettings
    if not settings.SendPushNotifications or not settings.PushNotificationServer:
        raise errors.PUSH_DISABLED()
    await _forward(ctx, settings.PushNotificationServer, receipt)
    if ctx.config.MetricsSettings.EnableNotificationMetrics:
        RECEIPTS.of(receipt.platform if receipt.platform in PLATFORMS else OTHER).inc()
    if receipt.is_id_loaded and receipt.type == MESSAGE:
        return await _get_text(ctx, receipt)
    return None


async def _forward(ctx: Context, server: str, receipt: PushReceipt) -> None:
    address = server.rstrip("/") + _PATH
    content = msgspec.json.encode(receipt)
    try:
        answer = await ctx.app.outgoing.request(
            "POST", address, headers=_HEADERS, content=content, limits=_LIMITS, trusted=True
        )
        fault = "" if answer.status == 200 else f"status {answer.status}"
    except OutgoingError as error:
        fault = str(error)
    if not fault:
        return
    if receipt.type == CLEAR:  # nobody waits for it
        log.info("the push server did not take a receipt: %s", fault)
        return
    raise errors.NOT_FORWARDED(detail=fault)


async def _get_text(ctx: Context, receipt: PushReceipt) -> PushText:
    post = await get_post(ctx, receipt.post_id)
    channel = await get_channel(ctx, post.channel_id)
    if not await may_read_content(ctx, channel):
        raise PERMISSION(detail="needs read_channel_content in the channel")
    sender = await get_user(ctx, post.user_id)
    return PushText(
        ack_id=receipt.id,
        platform=receipt.platform,
        type=MESSAGE,
        post_id=post.id,
        root_id=post.root_id,
        channel_id=channel.id,
        channel_name=channel.display_name,
        team_id=channel.team_id,
        sender_id=sender.id,
        sender_name=f"@{sender.username}",
        message=post.message,
    )
