"""Sends the test message."""

from typing import Final

from msgspec import UNSET

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.ids import new_id
from mmfast.core.text import Text
from mmfast.features.identity.bots.service import create_bot
from mmfast.features.identity.bots.types import BotPatch
from mmfast.features.identity.users.service import find_user_by_username, get_user
from mmfast.features.identity.users.types import User
from mmfast.features.messages.posts.service import create_post
from mmfast.features.messages.posts.types import NO_FILES, NO_PROPS, Draft, Post
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
    now = now_ms()
    post = Post(
        id=new_id(),
        create_at=now,
        update_at=now,
        edit_at=0,
        delete_at=0,
        is_pinned=False,
        user_id=bot.id,
        channel_id=channel.id,
        root_id="",
        original_id="",
        message=BODY.in_locale(user.locale),
        type="",
        props=NO_PROPS,
        hashtags="",
        file_ids=NO_FILES,
        remote_id=UNSET,
        has_reactions=UNSET,
    )
    await create_post(ctx, Draft(post, {FORCED: new_id(), "from_bot": "true"}, channel, bot))


async def _get_bot(ctx: Context) -> User:
    """The system's bot, made when it is first needed."""
    bot = await find_user_by_username(ctx, SYSTEM_BOT)
    if bot is not None:
        return bot
    made = await create_bot(ctx, BotPatch(username=SYSTEM_BOT, display_name="System"), ctx.user_id)
    return await get_user(ctx, made.user_id)
