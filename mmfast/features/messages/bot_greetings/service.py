"""Lets a new bot ask its owner, in a direct message, to bring it where it shall work: by itself it is nowhere."""

from typing import Final

from mmfast.api.context import Context
from mmfast.core.text import Text
from mmfast.features.identity.bots.service import BOT_CREATED
from mmfast.features.identity.bots.types import Bot
from mmfast.features.identity.system_bot.service import USERNAME as SYSTEM_BOT
from mmfast.features.identity.users.service import find_user, get_user
from mmfast.features.messages.posts.service import create_post, new_post
from mmfast.features.messages.posts.types import ADD_BOT, Draft
from mmfast.features.spaces.direct_channels.service import create_direct_channel

WISH: Final = Text(
    "api.bot.teams_channels.add_message_mobile",
    "I am new here. Add me to the teams and channels where I shall work; the browser and the desktop app let you.",
)


@BOT_CREATED.register
async def greet_owner(ctx: Context, bot: Bot) -> None:
    """Writes the message; the server's own bot has nothing to ask for."""
    owner = await find_user(ctx, bot.owner_id) if bot.owner_id and bot.username != SYSTEM_BOT else None
    if owner is None:
        return
    channel = await create_direct_channel(ctx, owner.id, bot.user_id)
    author = await get_user(ctx, bot.user_id)
    text = WISH.in_locale(owner.locale)
    await create_post(ctx, Draft(new_post(author, channel, text, type=ADD_BOT), {"from_bot": "true"}, channel, author))
