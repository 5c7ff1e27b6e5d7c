"""Makes bots, changes them, switches them off and on, gives them away, and turns people into bots and back."""

import re
from typing import Final

import msgspec

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.hooks import Hook
from mmfast.core.ids import new_id
from mmfast.features.identity.bots import store
from mmfast.features.identity.bots.errors import (
    ALREADY_A_BOT,
    BAD_DESCRIPTION,
    BAD_DISPLAY_NAME,
    BAD_USERNAME,
    BOT_NOT_FOUND,
)
from mmfast.features.identity.bots.types import Bot, BotList, BotPatch
from mmfast.features.identity.deactivation import service as deactivation
from mmfast.features.identity.passwords import service as passwords
from mmfast.features.identity.sessions import service as sessions
from mmfast.features.identity.users import service as users
from mmfast.features.identity.users import store as user_store
from mmfast.features.identity.users.errors import BAD_EMAIL
from mmfast.features.identity.users.types import Secret, User, UserDraft, UserPatch

MAX_DISPLAY_NAME: Final = 64
MAX_DESCRIPTION: Final = 1024
MAX_PER_PAGE: Final = 200
_USERNAME: Final = re.compile(r"[a-z0-9._-]{1,64}")

BOT_CREATED: Final[Hook[Bot]] = Hook("bot_created")
"""Run after a bot was made, in the same transaction."""


async def find_bot(ctx: Context, user_id: str) -> Bot | None:
    """The bot with this user id, on or off."""
    return await store.find(ctx.db, user_id)


async def get_bot(ctx: Context, user_id: str, *, include_deleted: bool = False) -> Bot:
    """The bot with this user id; one that is off only if asked for."""
    bot = await store.find(ctx.db, user_id)
    if bot is None or (bot.delete_at != 0 and not include_deleted):
        raise BOT_NOT_FOUND()
    return bot


async def list_bots(ctx: Context, owner_id: str, query: BotList) -> list[Bot]:
    """A page of an owner's bots, or with "" of all."""
    per_page = min(max(query.per_page, 1), MAX_PER_PAGE)
    return await store.list_bots(ctx.db, owner_id, query, max(query.page, 0) * per_page, per_page)


async def create_bot(ctx: Context, patch: BotPatch, owner_id: str) -> Bot:
    """A new bot with an account of its own, without a password: nobody logs in as it."""
    username = (patch.username or "").lower()
    if _USERNAME.fullmatch(username) is None:
        raise BAD_USERNAME()
    _require_texts(patch)
    _require_address(username)
    draft = UserDraft(username=username, email=_address_of(username), first_name=patch.display_name or "")
    user = users.account_of(ctx, draft)
    user.remote_id = None
    users.require_valid(user)
    user.password = Secret(await passwords.hash_in_thread(new_id() + new_id()))
    bot = Bot(
        user_id=user.id,
        create_at=user.create_at,
        update_at=user.create_at,
        delete_at=0,
        username=username,
        owner_id=owner_id,
        display_name=user.first_name,
        description=patch.description or "",
    )
    async with ctx.transaction() as tx:
        await user_store.insert_user(tx, user)
        await store.insert(tx, bot)
        await BOT_CREATED.run(ctx, bot)
    return bot


def _address_of(username: str) -> str:
    return f"{username}@localhost"


def _require_texts(patch: BotPatch) -> None:
    if len(patch.display_name or "") > MAX_DISPLAY_NAME:
        raise BAD_DISPLAY_NAME()
    if len(patch.description or "") > MAX_DESCRIPTION:
        raise BAD_DESCRIPTION()


def _require_address(username: str) -> None:
    """A name that makes no email address (RFC 5321: no dot at an end, nor two in a row) is refused as the address."""
    if username.startswith(".") or username.endswith(".") or ".." in username:
        raise BAD_EMAIL()


async def update_bot(ctx: Context, bot: Bot, patch: BotPatch) -> Bot:
    """Changes what the patch names. Others hear of a changed name at once."""
    _require_texts(patch)
    user = await users.get_user(ctx, bot.user_id)
    after = msgspec.structs.replace(user, encoded={})
    if patch.username is not None:
        after.username = patch.username.lower()
        after.email = _address_of(after.username)
    if patch.display_name is not None:
        after.first_name = patch.display_name
    now = now_ms()
    renamed = after.username != user.username or after.first_name != user.first_name
    described = patch.description is not None and patch.description != bot.description
    if not renamed and not described:
        return bot
    changed = msgspec.structs.replace(bot, username=after.username, display_name=after.first_name, update_at=now)
    if patch.description is not None:
        changed.description = patch.description
    users.require_valid(after)
    if patch.username is not None:
        _require_address(after.username)
    async with ctx.transaction() as tx:
        after.update_at = max(now, user.update_at + 1)
        await user_store.update_profile(tx, after)
        await store.update(tx, changed)
        users.forget_user(ctx, user.id)
        users.announce_updated(ctx, after)
    return changed


async def set_bot_active(ctx: Context, bot: Bot, active: bool) -> Bot:
    """Switches the bot and its account off or on. Off, its sessions end; its tokens work again when it is on."""
    user = await users.get_user(ctx, bot.user_id)
    async with ctx.transaction() as tx:
        user = await deactivation.set_active(ctx, user, active)
        changed = msgspec.structs.replace(bot, delete_at=user.delete_at, update_at=user.update_at)
        await store.update(tx, changed)
    return changed


async def assign_bot(ctx: Context, bot: Bot, owner_id: str) -> Bot:
    """Gives the bot to another owner."""
    changed = msgspec.structs.replace(bot, owner_id=owner_id, update_at=now_ms())
    await store.update(ctx.db, changed)
    return changed


@deactivation.USER_DEACTIVATED.register
async def disable_bots_of_owner(ctx: Context, owner: User) -> None:
    """Switches off the bots of somebody whose account is switched off, where the configuration says so."""
    if owner.is_bot or not ctx.config.ServiceSettings.DisableBotsWhenOwnerIsDeactivated:
        return
    for bot in await store.list_of_owner(ctx.db, owner.id):
        if bot.user_id != owner.id:
            await set_bot_active(ctx, bot, False)


async def convert_user_to_bot(ctx: Context, user: User) -> Bot:
    """Turns a person's account into a bot that owns itself; its sessions end."""
    if user.is_bot:
        raise ALREADY_A_BOT()
    now = now_ms()
    bot = Bot(
        user_id=user.id,
        create_at=now,
        update_at=now,
        delete_at=0,
        username=user.username,
        owner_id=user.id,
        display_name=user.username,
    )
    async with ctx.transaction() as tx:
        await store.insert(tx, bot)
        await sessions.revoke_sessions_of_user(ctx, user.id)
        users.forget_user(ctx, user.id)
    return bot


async def convert_bot_to_user(ctx: Context, bot: Bot, patch: UserPatch, *, as_admin: bool) -> User:
    """Turns a bot into a person's account with a password; gives the account as it was told of while still a bot."""
    user = await users.get_user(ctx, bot.user_id)
    password = patch.password if isinstance(patch.password, str) else ""
    passwords.require_strength(ctx.config.PasswordSettings, password)
    after = msgspec.structs.replace(user, encoded={})
    for name in ("nickname", "first_name", "last_name", "position", "email", "locale"):
        if isinstance(value := getattr(patch, name), str):
            setattr(after, name, value)
    if isinstance(patch.username, str) and patch.username.lower() != user.username:
        after.username = patch.username.lower()
        after.last_picture_update = -now_ms()
    users.require_valid(after)
    async with ctx.transaction() as tx:
        await users.set_password(ctx, user, password)
        after.update_at = after.last_password_update = now_ms()
        await user_store.update_profile(tx, after)
        await store.delete(tx, bot.user_id)
        await sessions.revoke_sessions_of_user(ctx, user.id)
        users.forget_user(ctx, user.id)
        if as_admin:
            after = await users.promote(ctx, after)
    return after
