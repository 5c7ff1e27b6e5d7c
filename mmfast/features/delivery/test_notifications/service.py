"""Sends the test message."""

from typing import Final

from mmfast.api.context import Context
from mmfast.core.ids import new_id
from mmfast.core.text import Text
from mmfast.features.identity.bots.service import create_bot
from mmfast.features.identity.bots.types import BotPatch
from mmfast.features.identity.users.service import find_user_by_username, get_user
from mmfast.features.identity.users.types import User
from mmfast.features.messages.posts.service import create_post, new_post
from mmfast.features.messages.posts.types import Draft
from mmfast.features.spaces.direct_channels.service import create_direct_channel

SYSTEM_BOT: Final = "system-bot"
BODY: Final = Text(
    "app.notifications.send_test_message.message_body", "If you received this test notification, it worked!"
)
FORCED: Final = "force_notification"
"""The prop by which clients notify of a message whatever their settings say."""


async def send_test_message(ctx: Context) -> None:
    """Writes to the caller as the system's bot."""
    user = await get_user(ctx, ctx.user_id)
    bot = await _get_bot(ctx)
    channel = await create_direct_channel(ctx, user.id, bot.id)
    post = new_post(bot, channel, BODY.in_locale(user.locale))
    await create_post(ctx, Draft(post, {FORCED: new_id(), "from_bot": "true"}, channel, bot))


async def _get_bot(ctx: Context) -> User:
    """The system's bot, made when it is first needed."""
    bot = await find_user_by_username(ctx, SYSTEM_BOT)
    if bot is not None:
        return bot
    made = await create_bot(ctx, BotPatch(username=SYSTEM_BOT, display_name="System"), ctx.user_id)
    return await get_user(ctx, made.user_id)
