"""Sets new passwords, and ends what old ones opened where the configuration wants it."""

from typing import Final

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.errors import AppError
from mmfast.core.hooks import Hook
from mmfast.features.identity.login import service as login
from mmfast.features.identity.login.errors import WRONG_PASSWORD
from mmfast.features.identity.one_time_tokens import service as tokens
from mmfast.features.identity.one_time_tokens.types import PASSWORD_RECOVERY
from mmfast.features.identity.password_changes.errors import (
    BAD_HASH,
    INCORRECT,
    INVALID_LINK,
    LINK_EXPIRED,
    OTHER_SERVICE,
    RESET_OTHER_SERVICE,
    RESET_SSO,
)
from mmfast.features.identity.password_changes.types import PasswordChanged, ResetRequested
from mmfast.features.identity.sessions import service as sessions
from mmfast.features.identity.users import service as users
from mmfast.features.identity.users import store as user_store
from mmfast.features.identity.users.types import User

LINK_LIFETIME: Final = 24 * 3_600_000

RESET_REQUESTED: Final[Hook[ResetRequested]] = Hook("password_reset_requested")
"""Run when a link is to be mailed, in the same transaction."""
PASSWORD_CHANGED: Final[Hook[PasswordChanged]] = Hook("password_changed")
"""Run after a password was changed, in the same transaction."""


async def change_own(ctx: Context, user: User, current: str, new: str) -> None:
    """Gives the user a new password after they have shown the present one."""
    if user.auth_service:
        raise OTHER_SERVICE()
    try:
        await login.require_password(ctx, user, current, code=None)
    except AppError as error:
        if error.id == WRONG_PASSWORD.id:
            raise INCORRECT() from error
        raise
    await _set(ctx, user, new, by_settings=True)
    if ctx.config.ServiceSettings.TerminateSessionsOnPasswordChange and ctx.session is not None:
        await sessions.revoke_sessions_of_user(ctx, user.id, keep=ctx.session.id)


async def set_for(ctx: Context, user: User, new: str) -> None:
    """Gives somebody else a new password."""
    if user.auth_service:
        raise OTHER_SERVICE()
    await _set(ctx, user, new, by_settings=False)
    await _end_sessions(ctx, user)


async def set_hash_for(ctx: Context, user: User, hashed: str) -> None:
    """Gives somebody a password of which only the hash is known."""
    if not hashed.startswith(("$2a$", "$2b$", "$2y$", "$pbkdf2$")):
        raise BAD_HASH()
    await user_store.update_password(ctx.db, user.id, hashed, now_ms())
    users.forget_user(ctx, user.id)
    await _end_sessions(ctx, user)


async def request_reset(ctx: Context, email: str) -> None:
    """Has a link mailed to the account of this address. Whether there is one is not told."""
    user = await users.find_user_by_email(ctx, email)
    if user is None:
        return
    if user.auth_service:
        raise RESET_OTHER_SERVICE()
    async with ctx.transaction():
        token = await tokens.replace_user_tokens(ctx, PASSWORD_RECOVERY, user.id, user.email)
        await RESET_REQUESTED.run(ctx, ResetRequested(user, token.token))


async def reset(ctx: Context, token_text: str, new: str) -> User:
    """Gives the user whom a mailed token stands for a new password; the token is used up only if that succeeds."""
    token = await tokens.find_token(ctx, PASSWORD_RECOVERY, token_text)
    if token is None:
        raise INVALID_LINK()
    if now_ms() - token.create_at > LINK_LIFETIME:
        raise LINK_EXPIRED()
    data = token.data()
    user = await users.find_user(ctx, str(data.get("UserId", "")))
    if user is None:
        raise INVALID_LINK()
    if user.email != data.get("Email"):
        raise LINK_EXPIRED()
    if user.auth_service:
        raise RESET_SSO()
    async with ctx.transaction():
        await _set(ctx, user, new, by_settings=False)
        if not await tokens.use_up(ctx, token):
            raise INVALID_LINK()
    await _end_sessions(ctx, user)
    return user


async def _set(ctx: Context, user: User, new: str, *, by_settings: bool) -> None:
    async with ctx.transaction():
        await users.set_password(ctx, user, new)
        await PASSWORD_CHANGED.run(ctx, PasswordChanged(user, by_settings))


async def _end_sessions(ctx: Context, user: User) -> None:
    if ctx.config.ServiceSettings.TerminateSessionsOnPasswordChange:
        await sessions.revoke_sessions_of_user(ctx, user.id)
