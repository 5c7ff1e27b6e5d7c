"""Who may let apps in, and which requests are well formed and come from who they say."""

import hmac
import re
from typing import Final
from urllib.parse import urlsplit

from mmfast.api.context import Context
from mmfast.api.decoding import BodyError, read_present
from mmfast.api.errors import INVALID_BODY_PARAM, PERMISSION
from mmfast.core.ids import is_valid_id
from mmfast.features.identity.roles.service import require_user_or
from mmfast.features.integrations.oauth_apps.guards import require_switched_on
from mmfast.features.integrations.oauth_apps.service import find_app, is_web_address
from mmfast.features.integrations.oauth_apps.types import OAuthApp
from mmfast.features.integrations.oauth_provider.errors import (
    BAD_CLIENT,
    BAD_CLIENT_ID,
    BAD_GRANT,
    BAD_REDIRECT_URI,
    BAD_RESPONSE_TYPE,
    BAD_SCOPE,
    BAD_SECRET,
    BAD_STATE,
    CHALLENGE_FORMAT,
    CHALLENGE_LENGTH,
    CHALLENGE_METHOD_MISSING,
    CHALLENGE_METHOD_UNSUPPORTED,
    CHALLENGE_MISSING,
    MISSING_CODE,
    MISSING_REFRESH_TOKEN,
    PUBLIC_CANNOT_RENEW,
    PUBLIC_WITH_SECRET,
    RESOURCE_FRAGMENT,
    RESOURCE_INVALID,
    RESOURCE_LENGTH,
    RESOURCE_NOT_ABSOLUTE,
    TOKENS_OFF,
    UNKNOWN_CLIENT,
    VERIFIER_OF_PUBLIC_MISSING,
)
from mmfast.features.integrations.oauth_provider.types import AppChoice, AuthorizeRequest, TokenRequest

MAX_REDIRECT: Final = 256
MAX_STATE: Final = 1024
MAX_SCOPE: Final = 128
MAX_RESOURCE: Final = 512
AUTHORIZATION_CODE: Final = "authorization_code"
REFRESH_TOKEN: Final = "refresh_token"
_CHALLENGE: Final = re.compile(r"[A-Za-z0-9._~-]+")


def require_well_formed(request: AuthorizeRequest) -> None:
    """Refuses a request for consent that no app could mean."""
    if not is_valid_id(request.client_id):
        raise BAD_CLIENT()
    if not request.response_type:
        raise BAD_RESPONSE_TYPE()
    if len(request.redirect_uri) > MAX_REDIRECT or not is_web_address(request.redirect_uri):
        raise BAD_REDIRECT_URI()
    if len(request.state) > MAX_STATE:
        raise BAD_STATE()
    if len(request.scope) > MAX_SCOPE:
        raise BAD_SCOPE()
    _require_challenge(request.code_challenge, request.code_challenge_method)
    _require_resource(request.resource)


def _require_challenge(challenge: str, method: str) -> None:
    if not challenge and not method:
        return
    if not challenge:
        raise CHALLENGE_MISSING()
    if not method:
        raise CHALLENGE_METHOD_MISSING()
    if method != "S256":
        raise CHALLENGE_METHOD_UNSUPPORTED()
    if not 43 <= len(challenge) <= 128:
        raise CHALLENGE_LENGTH()
    if _CHALLENGE.fullmatch(challenge) is None:
        raise CHALLENGE_FORMAT()


def _require_resource(resource: str) -> None:
    if not resource:
        return
    if len(resource) > MAX_RESOURCE:
        raise RESOURCE_LENGTH()
    try:
        parts = urlsplit(resource)
    except ValueError as error:
        raise RESOURCE_INVALID() from error
    if not parts.scheme or not parts.netloc:
        raise RESOURCE_NOT_ABSOLUTE()
    if parts.fragment:
        raise RESOURCE_FRAGMENT()


async def may_let_in(ctx: Context, body: bytes) -> AuthorizeRequest:
    """Open to people's own sessions: an app lets no other app in."""
    try:
        request: AuthorizeRequest = read_present(body, AuthorizeRequest)
    except BodyError as error:
        raise INVALID_BODY_PARAM(name="authorize_request") from error
    if ctx.session is not None and ctx.session.is_oauth:
        raise PERMISSION(detail="an OAuth session lets no app in")
    require_well_formed(request)
    require_switched_on(ctx)
    return request


async def may_take_back(ctx: Context, body: AppChoice) -> None:
    """Open to every session, for its own user."""
    if not is_valid_id(body.client_id):
        raise INVALID_BODY_PARAM(name="client_id")
    require_switched_on(ctx)


async def may_list_let_in(ctx: Context, user_id: str) -> None:
    """Open to the user and to those who manage users."""
    await require_user_or(ctx, user_id)
    require_switched_on(ctx)


async def require_client(ctx: Context, request: TokenRequest) -> OAuthApp:
    """The app that asks for a token, refused if it does not prove to be that app."""
    if not ctx.config.ServiceSettings.EnableOAuthServiceProvider:
        raise TOKENS_OFF()
    if request.grant_type not in (AUTHORIZATION_CODE, REFRESH_TOKEN):
        raise BAD_GRANT()
    if request.grant_type == AUTHORIZATION_CODE and not request.code:
        raise MISSING_CODE()
    if request.grant_type == REFRESH_TOKEN and not request.refresh_token:
        raise MISSING_REFRESH_TOKEN()
    if not is_valid_id(request.client_id):
        raise BAD_CLIENT_ID()
    app = await find_app(ctx, request.client_id)
    if app is None:
        raise UNKNOWN_CLIENT()
    if app.is_public:
        if request.client_secret:
            raise PUBLIC_WITH_SECRET()
        if request.grant_type == REFRESH_TOKEN:
            raise PUBLIC_CANNOT_RENEW()
        if not request.code_verifier:
            raise VERIFIER_OF_PUBLIC_MISSING()
    elif not hmac.compare_digest(request.client_secret.encode(), app.client_secret.encode()):
        raise BAD_SECRET()
    return app
