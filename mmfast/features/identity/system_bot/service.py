"""Finds the system's bot, or makes it when it is first needed."""

from typing import Final

from mmfast.api.context import Context
from mmfast.core.errors import AppError
from mmfast.features.identity.bots.service import create_bot
from mmfast.features.identity.bots.types import BotPatch
from mmfast.features.identity.users.service import find_user_by_username, get_user
from mmfast.features.identity.users.types import User

USERNAME: Final = "system-bot"


async def get_system_bot(ctx: Context, owner_id: str) -> User:
    """The bot. Who is written to first owns it. Call it outside of transactions: another worker may be quicker."""
    bot = await find_user_by_username(ctx, USERNAME)
    if bot is not None:
        return bot
    try:
        made = await create_bot(ctx, BotPatch(username=USERNAME, display_name="System"), owner_id)
    except AppError:
        bot = await find_user_by_username(ctx, USERNAME)
        if bot is None:
            raise
        return bot
    return await get_user(ctx, made.user_id)
