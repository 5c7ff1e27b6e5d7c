"""The operations of logging in and out."""

from typing import Any

import msgspec

from mmfast.api import cookies
from mmfast.api.context import Context
from mmfast.api.decoding import BodyError, read_json
from mmfast.api.errors import INVALID_BODY_PARAM, SESSION_EXPIRED
from mmfast.api.guards import PUBLIC
from mmfast.api.operation import OPTIONAL, operation
from mmfast.api.responses import Response
from mmfast.features.identity.audits import service as audits
from mmfast.features.identity.login import service
from mmfast.features.identity.login.errors import (
    CLOUD_UNLICENSED,
    CODE_EXCHANGE_GONE,
    FROM_LDAP_UNAVAILABLE,
    INTUNE_UNAVAILABLE,
    NOT_LDAP_ACCOUNT,
    NOT_OAUTH_ACCOUNT,
    NOT_OWN_ACCOUNT,
    OAUTH_UNSUPPORTED,
    RESET_EMAIL_ONLY,
    TO_LDAP_UNAVAILABLE,
)
from mmfast.features.identity.login.guards import may_free_account
from mmfast.features.identity.login.types import Credentials, FollowLink, SwitchRequest
from mmfast.features.identity.sessions import service as sessions
from mmfast.features.identity.sessions.types import Session
from mmfast.features.identity.users import service as users
from mmfast.features.identity.users.errors import NO_SUCH_USER
from mmfast.features.identity.users.types import User, View

EMAIL = "email"
LDAP = "ldap"


def _read_leniently(body: bytes) -> Any:
    """The body's JSON, or None: at login a broken body is one without a password."""
    try:
        return read_json(body)
    except BodyError:
        return None


def _answer(ctx: Context, user: User, session: Session) -> msgspec.Raw:
    """The user, with the token in a header and, for a browser, in cookies."""
    ctx.add_header("Token", session.token)
    if cookies.is_from_browser(ctx):
        cookies.set_session_cookies(ctx, session, ctx.config.ServiceSettings.SessionLengthWebInHours)
    return users.profile_json(user, View.SELF)


@operation("Login", "POST /users/login", guard=PUBLIC, auth=OPTIONAL, rate_limited=True)
async def log_in(ctx: Context, body: bytes) -> msgspec.Raw:
    """Begins a session for a name and a password."""
    user, session = await service.log_in(ctx, Credentials.read(_read_leniently(body)))
    return _answer(ctx, user, session)


@operation("LoginWithDesktopToken", "POST /users/login/desktop_token", guard=PUBLIC, auth=OPTIONAL, rate_limited=True)
async def log_in_with_desktop_token(ctx: Context, body: bytes) -> msgspec.Raw:
    """Begins a session for the desktop app, whose user signed in through the browser."""
    given = Credentials.read(_read_leniently(body))
    user, session = await service.log_in_by_desktop_token(ctx, given.token, given.device_id)
    return _answer(ctx, user, session)


@operation("LoginByCwsToken", "POST /users/login/cws", guard=PUBLIC, auth=OPTIONAL, trust_requester=True)
async def log_in_by_cloud_token(ctx: Context) -> None:
    """The cloud's own login; this server is none of it."""
    raise CLOUD_UNLICENSED()


@operation("LoginSSOCodeExchange", "POST /users/login/sso/code-exchange", guard=PUBLIC, auth=OPTIONAL)
async def exchange_login_code(ctx: Context) -> None:
    """Once exchanged a code of the phone's login; phones now get the token directly."""
    raise CODE_EXCHANGE_GONE()


@operation("LoginIntune", "POST //oauth/intune", guard=PUBLIC, auth=OPTIONAL)
async def log_in_by_intune(ctx: Context) -> None:
    """Login of managed phones; needs a licence."""
    raise INTUNE_UNAVAILABLE()


@operation("GetLoginType", "POST /users/login/type", guard=PUBLIC, auth=OPTIONAL)
async def get_login_type(ctx: Context) -> Response:
    """Which way of signing in an account has: not told while guests' magic links are off."""
    return Response(404, [("Content-Type", "application/json")], b"")


@operation("Logout", "POST /users/logout", guard=PUBLIC, auth=OPTIONAL)
async def log_out(ctx: Context) -> None:
    """Ends the caller's session. Never fails: a page that wants to forget its cookie shall."""
    cookies.take_back_token(ctx)
    if ctx.session is not None:
        await audits.note(ctx)
    await service.log_out(ctx)


@operation("resetPasswordFailedAttempts", "POST /users/{user_id}/reset_failed_attempts", guard=may_free_account)
async def reset_failed_attempts(ctx: Context, user_id: str, loaded: User) -> None:
    """Frees an account that is locked after too many wrong passwords."""
    if loaded.auth_service not in ("", LDAP):
        raise RESET_EMAIL_ONLY()
    await service.reset_failed_attempts(ctx, loaded)
    await audits.note(ctx, f"user={loaded.id}")


@operation("SwitchAccountType", "POST /users/login/switch", guard=PUBLIC, auth=OPTIONAL)
async def switch_account_type(ctx: Context, body: SwitchRequest) -> FollowLink:
    """Changes the way in which an account signs in."""
    if not body.current_service:
        raise INVALID_BODY_PARAM(name="current_service")
    if not body.new_service:
        raise INVALID_BODY_PARAM(name="new_service")
    if body.current_service == EMAIL:
        return await _switch_from_email(ctx, body)
    if body.new_service != EMAIL:
        raise INVALID_BODY_PARAM(name="new_service")
    if body.current_service == LDAP:
        return await _switch_from_ldap(ctx, body)
    return await _switch_from_oauth(ctx, body)


async def _user_of(ctx: Context, body: SwitchRequest) -> User:
    user = await users.find_user_by_email(ctx, body.email)
    if user is None:
        raise NO_SUCH_USER()
    return user


async def _switch_from_email(ctx: Context, body: SwitchRequest) -> FollowLink:
    user = await _user_of(ctx, body)
    await service.require_password(ctx, user, body.password, body.mfa_code)
    if body.new_service == LDAP:
        await sessions.revoke_sessions_of_user(ctx, user.id)
        raise TO_LDAP_UNAVAILABLE()
    raise OAUTH_UNSUPPORTED(service=body.new_service)


async def _switch_from_ldap(ctx: Context, body: SwitchRequest) -> FollowLink:
    user = await _user_of(ctx, body)
    raise (NOT_LDAP_ACCOUNT if user.auth_service != LDAP else FROM_LDAP_UNAVAILABLE)()


async def _switch_from_oauth(ctx: Context, body: SwitchRequest) -> FollowLink:
    if ctx.session is None:
        raise SESSION_EXPIRED()
    user = await _user_of(ctx, body)
    if user.id != ctx.user_id:
        raise NOT_OWN_ACCOUNT()
    if user.auth_service != body.current_service:
        raise NOT_OAUTH_ACCOUNT()
    await users.set_password(ctx, user, body.new_password)
    await sessions.revoke_sessions_of_user(ctx, user.id)
    return FollowLink("/login?extra=signin_change")
