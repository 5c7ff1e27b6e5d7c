"""Who may read and change accounts."""

import msgspec

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM, INVALID_URL_PARAM, PERMISSION
from mmfast.features.identity.login import service as login
from mmfast.features.identity.roles.service import may, may_any, require
from mmfast.features.identity.users import errors, service, store
from mmfast.features.identity.users.types import User, UserDraft, UserPatch


async def may_see_everybody(ctx: Context) -> bool:
    """Whether the caller sees people without sharing a channel with them: all but guests do."""
    return await may(ctx, "view_members")


async def require_visible(ctx: Context, user_id: str) -> None:
    """Refuses guests the sight of people with whom they share no channel."""
    if user_id == ctx.user_id or await may_see_everybody(ctx):
        return
    if not await store.shares_channel(ctx.db, ctx.user_id, user_id):
        raise PERMISSION(detail="shares no channel with the user")


async def may_see_user(ctx: Context, user_id: str) -> User:
    """Everybody whom the user is visible to."""
    await require_visible(ctx, user_id)
    return await service.get_user(ctx, user_id)


async def may_see_username(ctx: Context, username: str) -> User:
    """As `may_see_user`, by name."""
    if not service.is_username(username):
        raise INVALID_BODY_PARAM(name="username")
    user = await service.find_user_by_username(ctx, username)
    if user is None:
        if not await may_see_everybody(ctx):
            raise PERMISSION()
        raise errors.NO_SUCH_USERNAME()
    await require_visible(ctx, user.id)
    return user


async def may_see_email(ctx: Context, email: str) -> User:
    """As `may_see_user`, by address, where the privacy settings let people know addresses."""
    if not service.is_email(email.lower()):
        raise INVALID_URL_PARAM(name="email")
    if not (ctx.config.PrivacySettings.ShowEmailAddress or await may(ctx, "manage_system")):
        raise errors.EMAIL_HIDDEN()
    user = await service.find_user_by_email(ctx, email)
    if user is None:
        if not await may_see_everybody(ctx):
            raise PERMISSION()
        raise errors.NO_SUCH_USER()
    await require_visible(ctx, user.id)
    return user


async def require_not_above(ctx: Context, user: User) -> None:
    """Only who may manage the system changes an administrator's account."""
    if user.is_system_admin and user.id != ctx.user_id:
        await require(ctx, "manage_system")


async def find_editable(ctx: Context, user_id: str) -> User | None:
    """The user, for oneself, for those who may edit others, and for those who may manage the bot that it is."""
    user = await service.find_user(ctx, user_id)
    edits = user_id == ctx.user_id or await may(ctx, "edit_other_users")
    if not edits and not (user is not None and user.is_bot and await _may_manage_bot(ctx, user)):
        raise PERMISSION(detail="needs edit_other_users")
    if user is not None:
        await require_not_above(ctx, user)
    return user


async def get_editable(ctx: Context, user_id: str) -> User:
    """As `find_editable`; an unknown user is an error."""
    user = await find_editable(ctx, user_id)
    if user is None:
        raise errors.NO_SUCH_USER()
    return user


async def _require_password_for_email(ctx: Context, user: User, email: str, password: str) -> User:
    """A changed address is a way to take an account over: the user's own session alone does not do.

    Gives the user as found afterwards: a right password clears the count of wrong ones.
    """
    if user.id != ctx.user_id or email.strip().lower() == user.email:
        return user
    if ctx.session is not None and ctx.session.is_oauth:
        raise PERMISSION(detail="an OAuth session may not change the address")
    if not password:
        raise INVALID_BODY_PARAM(name="password")
    await login.require_password(ctx, user, password, code=None)
    return await service.get_user(ctx, user.id)


async def may_replace_user(ctx: Context, user_id: str, body: UserDraft) -> User:
    """Oneself, and those who may edit others; a new address of one's own needs the password."""
    if body.id != user_id:
        raise INVALID_BODY_PARAM(name="user_id")
    user = await get_editable(ctx, user_id)
    return await _require_password_for_email(ctx, user, body.email, body.password)


async def may_patch_user(ctx: Context, user_id: str, body: UserPatch) -> User:
    """As `may_replace_user`, for single fields."""
    user = await find_editable(ctx, user_id)
    if user is None:
        raise INVALID_BODY_PARAM(name="user_id")
    if body.email is not msgspec.UNSET:
        password = body.password if isinstance(body.password, str) else ""
        return await _require_password_for_email(ctx, user, body.email, password)
    return user


async def _may_manage_bot(ctx: Context, user: User) -> bool:
    """Whether the caller owns the bot or may manage those of others."""
    if await may(ctx, "manage_others_bots"):
        return True
    return await store.find_bot_owner(ctx.db, user.id) == ctx.user_id and await may(ctx, "manage_bots")


async def may_set_auth(ctx: Context, user_id: str) -> None:
    """Administrators."""
    await require(ctx, "manage_system")


async def may_verify_email_of(ctx: Context, user_id: str) -> User:
    """Administrators. That the user exists is no secret."""
    user = await service.get_user(ctx, user_id)
    await require(ctx, "manage_system")
    return user


async def may_list_invalid_emails(ctx: Context) -> None:
    """Who reads the users' page of the console, on a server that is not open."""
    if ctx.config.TeamSettings.EnableOpenServer:
        raise errors.NOT_ON_OPEN_SERVER()
    if not await may_any(ctx, "sysconsole_read_user_management_users"):
        raise PERMISSION()
