"""The operations on bots."""

import msgspec

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.operation import operation
from mmfast.api.responses import Created
from mmfast.features.identity.bots import service
from mmfast.features.identity.bots.guards import (
    may_assign_bot,
    may_convert_bot,
    may_convert_user,
    may_create_bot,
    may_list_bots,
    may_manage_bot,
    may_patch_bot,
    may_read_bot,
)
from mmfast.features.identity.bots.types import Bot, BotChoice, BotList, BotPatch, Promotion
from mmfast.features.identity.users import service as users
from mmfast.features.identity.users.types import User, UserPatch, View


@operation("CreateBot", "POST /bots", guard=may_create_bot)
async def create_bot(ctx: Context, body: bytes, loaded: BotPatch) -> Created[Bot]:
    """Makes a bot that the caller owns."""
    return Created(await service.create_bot(ctx, loaded, ctx.user_id))


@operation("GetBots", "GET /bots", guard=may_list_bots)
async def get_bots(ctx: Context, loaded: str, query: BotList) -> list[Bot]:
    """A page of the bots that the caller may see."""
    return await service.list_bots(ctx, loaded, query)


@operation("GetBot", "GET /bots/{bot_user_id}", guard=may_read_bot)
async def get_bot(ctx: Context, bot_user_id: str, loaded: Bot, query: BotChoice) -> Bot:
    """One bot."""
    return loaded


@operation("PatchBot", "PUT /bots/{bot_user_id}", guard=may_patch_bot)
async def patch_bot(ctx: Context, bot_user_id: str, loaded: Bot, body: BotPatch) -> Bot:
    """Changes a bot's name or description."""
    return await service.update_bot(ctx, loaded, body)


@operation("DisableBot", "POST /bots/{bot_user_id}/disable", guard=may_manage_bot)
async def disable_bot(ctx: Context, bot_user_id: str, loaded: Bot) -> Bot:
    """Switches a bot off."""
    return await service.set_bot_active(ctx, loaded, False)


@operation("EnableBot", "POST /bots/{bot_user_id}/enable", guard=may_manage_bot)
async def enable_bot(ctx: Context, bot_user_id: str, loaded: Bot) -> Bot:
    """Switches a bot on."""
    return await service.set_bot_active(ctx, loaded, True)


@operation("AssignBot", "POST /bots/{bot_user_id}/assign/{user_id}", guard=may_assign_bot)
async def assign_bot(ctx: Context, bot_user_id: str, user_id: str, loaded: Bot) -> Bot:
    """Gives a bot to another owner."""
    return await service.assign_bot(ctx, loaded, user_id)


@operation("ConvertUserToBot", "POST /users/{user_id}/convert_to_bot", guard=may_convert_user)
async def convert_user_to_bot(ctx: Context, user_id: str, loaded: User) -> Bot:
    """Turns a person's account into a bot."""
    return await service.convert_user_to_bot(ctx, loaded)


@operation("ConvertBotToUser", "POST /bots/{bot_user_id}/convert_to_user", guard=may_convert_bot)
async def convert_bot_to_user(
    ctx: Context, bot_user_id: str, loaded: Bot, body: UserPatch, query: Promotion
) -> msgspec.Raw:
    """Turns a bot into a person's account."""
    if not body.password:
        raise INVALID_BODY_PARAM(name="password")
    user = await service.convert_bot_to_user(ctx, loaded, body, as_admin=query.set_system_admin)
    return users.profile_json(user, View.SELF)
