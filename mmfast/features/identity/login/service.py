"""Decides whether somebody is who they say, and begins and ends their session.

The order of the checks, and which refusals are told apart, decide what a stranger learns: whether an account exists is
learnt from none of them, except where it is switched off or a bot's.
"""

from functools import lru_cache
from typing import Final

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.errors import AppError, ErrorKind
from mmfast.core.user_agent import read_user_agent
from mmfast.features.identity.audits import service as audits
from mmfast.features.identity.login import store
from mmfast.features.identity.login.errors import (
    BAD_CREDENTIALS,
    BAD_EMAIL_CREDENTIALS,
    BAD_USERNAME_CREDENTIALS,
    BLANK_PASSWORD,
    BOT,
    DESKTOP_TOKEN_INVALID,
    DESKTOP_TOKEN_NO_USER,
    GUESTS_DISABLED,
    INACTIVE,
    NOT_AN_SSO_USER,
    NOT_VERIFIED,
    REMOTE_USER,
    TOO_MANY_ATTEMPTS,
    USE_AUTH_SERVICE,
    WRONG_PASSWORD,
)
from mmfast.features.identity.login.types import Credentials
from mmfast.features.identity.mfa import service as mfa
from mmfast.features.identity.mfa.errors import BAD_CODE, CODE_NEEDED
from mmfast.features.identity.passwords import service as passwords
from mmfast.features.identity.sessions import service as sessions
from mmfast.features.identity.sessions.types import Session
from mmfast.features.identity.users import service as users
from mmfast.features.identity.users.types import User
from mmfast.platform.metrics import counter

LOGINS: Final = counter("mattermost_login_logins_total", "Logins with a password that was right.")
FAILURES: Final = counter("mattermost_login_logins_fail_total", "Logins that were refused.")

VISIBLE: Final = frozenset(
    kind.id for kind in (BLANK_PASSWORD, BOT, INACTIVE, NOT_VERIFIED, TOO_MANY_ATTEMPTS, CODE_NEEDED, BAD_CODE)
)
"""The refusals that a stranger is told; all others look like a wrong password."""

DESKTOP_TOKEN_LIFETIME: Final = 3 * 60_000


async def log_in(ctx: Context, credentials: Credentials) -> tuple[User, Session]:
    """The user whom the credentials prove, as found before, and a new session of theirs."""
    if not credentials.password and not credentials.magic_link_token:
        raise BLANK_PASSWORD()
    named = credentials.id if len(credentials.id) == 26 else ""
    await audits.note(ctx, f"attempt - login_id={credentials.login_id}", user_id=named)
    try:
        user = await authenticate(ctx, credentials)
    except AppError as error:
        FAILURES.inc()
        await audits.note(ctx, f"failure - login_id={credentials.login_id}", user_id=named)
        if error.id in VISIBLE:
            raise
        raise refusal(ctx)() from error
    await audits.note(ctx, "authenticated", user_id=user.id)
    session = await begin_session(ctx, user, credentials.device_id)
    LOGINS.inc()
    await audits.note(ctx, f"success session_user={user.id}", user_id=user.id, session=session)
    return user, session


def refusal(ctx: Context) -> ErrorKind:
    """How a wrong name or password is told of: by the names that may be used here."""
    settings = ctx.config.EmailSettings
    if settings.EnableSignInWithUsername and not settings.EnableSignInWithEmail:
        return BAD_USERNAME_CREDENTIALS
    if settings.EnableSignInWithEmail and not settings.EnableSignInWithUsername:
        return BAD_EMAIL_CREDENTIALS
    return BAD_CREDENTIALS


async def authenticate(ctx: Context, credentials: Credentials) -> User:
    """The user whom the credentials prove."""
    user = await _find_user(ctx, credentials)
    if user is None:
        await passwords.verify_in_thread(credentials.password, _hash_of_nobody())
        raise BAD_CREDENTIALS()
    if user.is_bot:
        raise BOT()
    if user.delete_at != 0:
        raise INACTIVE()
    if user.remote_id:
        raise REMOTE_USER()
    if user.is_guest:  # until guest accounts are built: the reference admits them on licensed servers only
        raise GUESTS_DISABLED()
    if user.auth_service:
        raise USE_AUTH_SERVICE(service=user.auth_service)
    await require_password(ctx, user, credentials.password, credentials.token)
    await users.renew_hash(ctx, user, credentials.password)
    if ctx.config.EmailSettings.RequireEmailVerification and not user.email_verified:
        raise NOT_VERIFIED()
    return user


async def _find_user(ctx: Context, credentials: Credentials) -> User | None:
    if credentials.magic_link_token:
        return None
    if credentials.id:
        return await users.find_user(ctx, credentials.id)
    return await users.find_user_by_login(ctx, credentials.login_id) if credentials.login_id else None


@lru_cache(maxsize=1)
def _hash_of_nobody() -> str:
    """A hash to compare with when there is no such user, so that the answer takes as long as for one there is."""
    return passwords.hash_password("no password")


async def require_password(ctx: Context, user: User, password: str, code: str | None = "") -> None:
    """Refuses a wrong password, and a locked account; with `code` not None a wrong second factor too.

    Wrong ones are counted, and enough of them lock the account until an administrator frees it.
    """
    maximum = ctx.config.ServiceSettings.MaximumLoginAttempts
    if user.failed_attempts >= maximum:
        raise TOO_MANY_ATTEMPTS()
    if not await passwords.verify_in_thread(password, user.password.value):
        await _count_failure(ctx, user)
        raise WRONG_PASSWORD()
    if code is not None and mfa.is_demanded(ctx, user):
        if not code:
            raise CODE_NEEDED()
        try:
            await mfa.require_code(ctx, user, code)
        except AppError:
            await _count_failure(ctx, user)
            raise
    if not await store.clear_failed_attempts(ctx.db, user.id, maximum):
        raise TOO_MANY_ATTEMPTS()
    if user.failed_attempts:
        users.forget_user(ctx, user.id)


async def _count_failure(ctx: Context, user: User) -> None:
    await store.add_failed_attempt(ctx.db, user.id)
    users.forget_user(ctx, user.id)


async def reset_failed_attempts(ctx: Context, user: User) -> None:
    """Frees a locked account."""
    await store.reset_failed_attempts(ctx.db, user.id)
    users.forget_user(ctx, user.id)


async def begin_session(ctx: Context, user: User, device_id: str = "") -> Session:
    """A session for a user who has proved to be one, on the client that asks."""
    client = read_user_agent(ctx.request.headers.get("user-agent") if ctx.request is not None else "")
    is_saml = user.auth_service == "saml"
    props = {
        "platform": client.platform,
        "os": client.os,
        "browser": client.browser,
        "isMobile": _flag(client.is_mobile),
        "isSaml": _flag(is_saml),
        "isOAuthUser": _flag(user.auth_service not in ("", "ldap") and not is_saml),
        "is_guest": _flag(user.is_guest),
    }
    session = await sessions.create_session(ctx, user.id, user.roles, props, device_id)
    await store.update_last_login(ctx.db, user.id, session.create_at)
    return session


def _flag(value: bool) -> str:
    return "true" if value else "false"


async def log_out(ctx: Context) -> None:
    """Ends the caller's session, if there is one."""
    if ctx.session is not None:
        await sessions.revoke_session(ctx, ctx.session)


async def log_in_by_desktop_token(ctx: Context, token: str, device_id: str) -> tuple[User, Session]:
    """The user who signed in through the browser on behalf of the desktop app, and a new session."""
    user_id = await store.take_desktop_token(ctx.db, token, now_ms() - DESKTOP_TOKEN_LIFETIME)
    if not user_id:
        raise DESKTOP_TOKEN_INVALID()
    user = await users.find_user(ctx, user_id)
    if user is None:
        raise DESKTOP_TOKEN_NO_USER()
    if user.auth_service in ("", "ldap"):
        raise NOT_AN_SSO_USER()
    if user.delete_at != 0:
        raise INACTIVE()
    return user, await begin_session(ctx, user, device_id)


async def remove_expired_desktop_tokens(ctx: Context) -> None:
    """Removes desktop apps' tokens that were never used."""
    await store.delete_desktop_tokens(ctx.db, now_ms() - DESKTOP_TOKEN_LIFETIME)
