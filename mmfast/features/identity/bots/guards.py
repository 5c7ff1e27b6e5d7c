"""Who may make, see and change bots. A bot that one may not see is one that is not there."""

from mmfast.api.context import Context
from mmfast.api.decoding import BodyError, read_present
from mmfast.api.errors import INVALID_BODY_PARAM, PERMISSION
from mmfast.features.identity.bots import service
from mmfast.features.identity.bots.errors import BOT_NOT_FOUND, CREATION_DISABLED
from mmfast.features.identity.bots.types import Bot, BotChoice, BotPatch
from mmfast.features.identity.roles.service import may, require
from mmfast.features.identity.users import service as users
from mmfast.features.identity.users.types import User


async def may_create_bot(ctx: Context, body: bytes) -> BotPatch:
    """Open to who may make bots, unless they are bots."""
    try:
        patch: BotPatch = read_present(body, BotPatch)
    except BodyError as error:
        raise INVALID_BODY_PARAM(name="bot") from error
    await require(ctx, "create_bot")
    maker = await users.find_user(ctx, ctx.user_id)
    if maker is not None and maker.is_bot:
        raise PERMISSION(detail="bots make no bots")
    if not ctx.config.ServiceSettings.EnableBotAccountCreation:
        raise CREATION_DISABLED()
    return patch


async def may_list_bots(ctx: Context) -> str:
    """Whose bots the caller may list: "" is everybody's."""
    if await may(ctx, "read_others_bots"):
        return ""
    await require(ctx, "read_bots")
    return ctx.user_id


async def may_read_bot(ctx: Context, bot_user_id: str, query: BotChoice) -> Bot:
    """Open to owners who may read bots, and to who may read others' bots."""
    bot = await service.get_bot(ctx, bot_user_id, include_deleted=query.include_deleted)
    if not await _may_read(ctx, bot):
        raise BOT_NOT_FOUND()
    return bot


async def may_manage_bot(ctx: Context, bot_user_id: str) -> Bot:
    """Open to owners who may manage bots, and to who may manage others' bots."""
    bot = await service.get_bot(ctx, bot_user_id, include_deleted=True)
    if await may(ctx, "manage_others_bots") or (bot.owner_id == ctx.user_id and await may(ctx, "manage_bots")):
        return bot
    if await _may_read(ctx, bot):
        raise PERMISSION(detail="needs manage_bots")
    raise BOT_NOT_FOUND()


async def may_patch_bot(ctx: Context, bot_user_id: str, body: BotPatch) -> Bot:
    """As `may_manage_bot`; a broken body is told before anything else."""
    return await may_manage_bot(ctx, bot_user_id)


async def may_assign_bot(ctx: Context, bot_user_id: str, user_id: str) -> Bot:
    """As `may_manage_bot`; a bot cannot own bots."""
    bot = await may_manage_bot(ctx, bot_user_id)
    owner = await users.find_user(ctx, user_id)
    if owner is not None and owner.is_bot:
        raise PERMISSION(detail="a bot owns no bots")
    return bot


async def may_convert_bot(ctx: Context, bot_user_id: str) -> Bot:
    """Open to system administrators."""
    bot = await service.get_bot(ctx, bot_user_id)
    await require(ctx, "manage_system")
    return bot


async def may_convert_user(ctx: Context, user_id: str) -> User:
    """Open to system administrators."""
    user = await users.get_user(ctx, user_id)
    await require(ctx, "manage_system")
    return user


async def _may_read(ctx: Context, bot: Bot) -> bool:
    return await may(ctx, "read_others_bots") or (bot.owner_id == ctx.user_id and await may(ctx, "read_bots"))
