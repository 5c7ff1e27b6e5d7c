"""Sends the test message."""

from typing import Final

from mmfast.api.context import Context
from mmfast.core.ids import new_id
from mmfast.core.text import Text
from mmfast.features.identity.system_bot.service import get_system_bot
from mmfast.features.identity.users.service import get_user
from mmfast.features.messages.posts.service import create_post, new_post
from mmfast.features.messages.posts.types import Draft
from mmfast.features.spaces.direct_channels.service import create_direct_channel

BODY: Final = Text(
    "app.notifications.send_test_message.message_body", "If you received this test notification, it worked!"
)
FORCED: Final = "force_notification"
"""The prop by which clients notify of a message whatever their settings say."""


async def send_test_message(ctx: Context) -> None:
    """Writes to the caller as the system's bot."""
    user = await get_user(ctx, ctx.user_id)
    bot = await get_system_bot(ctx, user.id)
    channel = await create_direct_channel(ctx, user.id, bot.id)
    post = new_post(bot, channel, BODY.in_locale(user.locale))
    await create_post(ctx, Draft(post, {FORCED: new_id(), "from_bot": "true"}, channel, bot))
