"""Lets apps in for a user, and trades codes and refresh tokens for access tokens.

An access token is the token of a session marked as OAuth's; it ends with the app, with the user's consent, and with the
user's other sessions.
"""

import base64
import hashlib
import hmac
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.ids import new_id
from mmfast.features.identity.preferences import service as preferences
from mmfast.features.identity.preferences.types import Preference
from mmfast.features.identity.sessions import service as sessions
from mmfast.features.identity.sessions.types import MILLISECONDS_PER_HOUR, Session
from mmfast.features.identity.users import service as users
from mmfast.features.identity.users.types import User
from mmfast.features.integrations.oauth_apps import service as apps
from mmfast.features.integrations.oauth_apps import store as app_store
from mmfast.features.integrations.oauth_apps.types import OAuthApp
from mmfast.features.integrations.oauth_provider import store
from mmfast.features.integrations.oauth_provider.errors import (
    BAD_REDIRECT,
    BAD_REFRESH_TOKEN,
    CODE_EXPIRED,
    CODE_OF_ANOTHER,
    PKCE_REQUIRED,
    REDIRECT_MISMATCH,
    RESOURCE_MISMATCH,
    USER_GONE,
    VERIFIER_MISSING,
    VERIFIER_UNASKED,
    VERIFIER_WRONG,
)
from mmfast.features.integrations.oauth_provider.types import (
    CODE,
    DEFAULT_SCOPE,
    PREFERENCE_CATEGORY,
    TOKEN,
    AccessData,
    AuthorizeRequest,
    Grant,
    TokenAnswer,
    TokenRequest,
)

CODE_SECONDS: Final = 600
MAX_PER_PAGE: Final = 200


# Consent -------------------------------------------------------------------------


async def get_app_of(ctx: Context, request: AuthorizeRequest) -> OAuthApp:
    """The app that asks, refused where it asks for what it may not have."""
    app = await apps.get_app(ctx, request.client_id)
    if request.redirect_uri not in app.callback_urls:
        raise BAD_REDIRECT()
    if app.is_public and not request.code_challenge:
        raise PKCE_REQUIRED()
    return app


async def was_let_in(ctx: Context, user_id: str, app: OAuthApp) -> bool:
    """Whether the user has let the app in before."""
    return await preferences.find_preference(ctx, user_id, PREFERENCE_CATEGORY, app.id) is not None


async def let_in(ctx: Context, user: User, app: OAuthApp, request: AuthorizeRequest) -> str:
    """Notes the user's consent; gives the address to which the browser brings the code or the token."""
    scope = request.scope or DEFAULT_SCOPE
    if request.response_type not in (CODE, TOKEN):
        return _with_query(request.redirect_uri, error="unsupported_response_type", state=request.state)
    async with ctx.transaction():
        kept = Preference(user.id, PREFERENCE_CATEGORY, app.id, scope)
        await preferences.save_preferences(ctx, user.id, [kept])
        if request.response_type == TOKEN:
            access = await _give_access(ctx, app, user, request.redirect_uri, scope, request.resource)
            return _with_fragment(request, access)
        grant = Grant(
            client_id=app.id,
            user_id=user.id,
            code=new_id() + new_id(),
            expires_in=CODE_SECONDS,
            create_at=now_ms(),
            redirect_uri=request.redirect_uri,
            state=request.state,
            scope=scope,
            code_challenge=request.code_challenge,
            code_challenge_method=request.code_challenge_method,
            resource=request.resource,
        )
        await store.insert_grant(ctx.db, grant)
    return _with_query(request.redirect_uri, code=grant.code, state=request.state)


def denial(request: AuthorizeRequest) -> str:
    """The address to which the browser brings the user's refusal."""
    return _with_query(request.redirect_uri, error="access_denied", state=request.state)


def _with_query(address: str, **values: str) -> str:
    parts = urlsplit(address)
    pairs = parse_qsl(parts.query, keep_blank_values=True) + list(values.items())
    return urlunsplit(parts._replace(query=urlencode(pairs)))


def _with_fragment(request: AuthorizeRequest, access: AccessData) -> str:
    values = {
        "access_token": access.token,
        "token_type": "bearer",
        "expires_in": str(_seconds_left(access)),
        "scope": access.scope,
        "state": request.state,
    }
    return urlunsplit(urlsplit(request.redirect_uri)._replace(fragment=urlencode(values)))


async def take_back(ctx: Context, user_id: str, client_id: str) -> None:
    """The user no longer lets the app in: its codes and its token end. An app that was not let in stays out."""
    async with ctx.transaction() as tx:
        for token in await store.delete_access(tx, client_id, user_id):
            await sessions.revoke_token(ctx, token)
        await store.delete_grants(tx, client_id, user_id)
        kept = Preference(user_id, PREFERENCE_CATEGORY, client_id, "")
        await preferences.delete_preferences(ctx, user_id, [kept])


async def list_apps_of_user(ctx: Context, user_id: str, page: int, per_page: int) -> list[OAuthApp]:
    """A page of the apps that the user has let in, without their secrets."""
    per_page = min(max(per_page, 1), MAX_PER_PAGE)
    found = await app_store.list_let_in(ctx.db, user_id, PREFERENCE_CATEGORY, max(page, 0) * per_page, per_page)
    return [apps.without_secret(app) for app in found]


@apps.APP_REMOVED.register
async def end_tokens_of_app(ctx: Context, app: OAuthApp) -> None:
    """With an app end its tokens and codes."""
    for token in await store.delete_access(ctx.db, app.id, ""):
        await sessions.revoke_token(ctx, token)
    await store.delete_grants(ctx.db, app.id, "")


# Tokens -------------------------------------------------------------------------


async def trade_code(ctx: Context, app: OAuthApp, request: TokenRequest) -> TokenAnswer:
    """A token for a code; the same one again while the app still holds it."""
    grant = await store.find_grant(ctx.db, request.code)
    if grant is None or grant.is_expired(now_ms()):
        raise CODE_EXPIRED()
    if grant.client_id != app.id:
        raise CODE_OF_ANOTHER()
    if grant.redirect_uri and grant.redirect_uri != request.redirect_uri:
        raise REDIRECT_MISMATCH()
    if request.resource and request.resource != grant.resource:
        raise RESOURCE_MISMATCH()
    _require_verifier(grant, request.code_verifier)
    user = await _get_active_user(ctx, grant.user_id)
    async with ctx.transaction() as tx:
        if not await store.delete_grant(tx, grant.code):
            raise CODE_EXPIRED()
        access = await store.find_access(tx, app.id, user.id)
        if access is None or access.expires_at <= now_ms():
            access = await _give_access(ctx, app, user, grant.redirect_uri, grant.scope, grant.resource)
    return _answer(access)


def _require_verifier(grant: Grant, verifier: str) -> None:
    """Refuses who does not know the word behind the challenge (RFC 7636, section 4.6)."""
    if not grant.code_challenge:
        if verifier:
            raise VERIFIER_UNASKED()
        return
    if not verifier:
        raise VERIFIER_MISSING()
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=")
    if not 43 <= len(verifier) <= 128 or not hmac.compare_digest(digest, grant.code_challenge.encode()):
        raise VERIFIER_WRONG()


async def renew(ctx: Context, app: OAuthApp, refresh_token: str) -> TokenAnswer:
    """A new token and refresh token for an old refresh token, which no longer works then."""
    access = await store.find_access_by_refresh_token(ctx.db, refresh_token)
    if access is None or access.client_id != app.id:
        raise BAD_REFRESH_TOKEN()
    user = await _get_active_user(ctx, access.user_id)
    async with ctx.transaction():
        fresh = await _give_access(ctx, app, user, access.redirect_uri, access.scope, access.audience)
    return _answer(fresh)


async def _get_active_user(ctx: Context, user_id: str) -> User:
    user = await users.find_user(ctx, user_id)
    if user is None or user.delete_at != 0:
        raise USER_GONE()
    return user


async def _give_access(
    ctx: Context, app: OAuthApp, user: User, redirect_uri: str, scope: str, audience: str
) -> AccessData:
    """A new session by which the app acts for the user; the one before ends."""
    for old in await store.delete_access(ctx.db, app.id, user.id):
        await sessions.revoke_token(ctx, old)
    session = await _begin_session(ctx, app, user)
    access = AccessData(
        token=session.token,
        refresh_token="" if app.is_public else new_id(),
        redirect_uri=redirect_uri,
        client_id=app.id,
        user_id=user.id,
        expires_at=session.expires_at,
        scope=scope,
        audience=audience,
    )
    await store.insert_access(ctx.db, access)
    return access


async def _begin_session(ctx: Context, app: OAuthApp, user: User) -> Session:
    now = now_ms()
    session = Session(
        id=new_id(),
        token=new_id(),
        create_at=now,
        expires_at=now + ctx.config.ServiceSettings.SessionLengthSSOInHours * MILLISECONDS_PER_HOUR,
        last_activity_at=now,
        user_id=user.id,
        device_id="",
        roles=user.roles,
        is_oauth=True,
        expired_notify=False,
        props={
            "platform": app.name,
            "os": "OAuth2",
            "browser": "OAuth2",
            "oauth_app_id": app.id,
            "mattermost_app_id": app.mattermost_app_id,
            "csrf": new_id(),
        },
    )
    return await sessions.save_session(ctx, session)


def _seconds_left(access: AccessData) -> int:
    return max(0, (access.expires_at - now_ms()) // 1000)


def _answer(access: AccessData) -> TokenAnswer:
    return TokenAnswer(
        access_token=access.token,
        token_type="bearer",
        expires_in=_seconds_left(access),
        scope="",
        refresh_token=access.refresh_token,
        id_token="",
    )


async def remove_expired_codes(ctx: Context) -> None:
    """Removes codes that no app has used in time."""
    await store.delete_expired_grants(ctx.db, now_ms())
