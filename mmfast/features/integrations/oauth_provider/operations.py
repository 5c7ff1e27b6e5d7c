"""The operations of the OAuth 2.0 provider."""

import html
from urllib.parse import quote

import msgspec

from mmfast.api.binding import parse_query
from mmfast.api.context import Context
from mmfast.api.guards import PUBLIC
from mmfast.api.html import error_page, redirect
from mmfast.api.operation import OPTIONAL, operation
from mmfast.api.responses import JSONResponse, Response
from mmfast.core.errors import AppError
from mmfast.features.identity.users import service as users
from mmfast.features.integrations.oauth_apps.guards import require_switched_on
from mmfast.features.integrations.oauth_apps.types import OAuthApp
from mmfast.features.integrations.oauth_provider import service
from mmfast.features.integrations.oauth_provider.errors import METADATA_OFF, SITE_URL_NEEDED
from mmfast.features.integrations.oauth_provider.guards import (
    AUTHORIZATION_CODE,
    may_let_in,
    may_list_let_in,
    may_take_back,
    require_client,
    require_well_formed,
)
from mmfast.features.integrations.oauth_provider.types import (
    AppChoice,
    AppList,
    AuthorizeRequest,
    Metadata,
    Redirect,
    TokenAnswer,
    TokenRequest,
)

NEVER_STORED = (("Cache-Control", "no-store"), ("Pragma", "no-cache"))


@operation("AuthorizeOAuthApp", "POST //oauth/authorize", guard=may_let_in)
async def authorize_oauth_app(ctx: Context, body: bytes, loaded: AuthorizeRequest) -> Redirect:
    """Takes the user's consent; tells where the browser goes on."""
    app = await service.get_app_of(ctx, loaded)
    user = await users.get_user(ctx, ctx.user_id)
    return Redirect(await service.let_in(ctx, user, app, loaded))


@operation("AuthorizeOAuthPage", "GET //oauth/authorize", guard=PUBLIC, auth=OPTIONAL)
async def authorize_oauth_page(ctx: Context, query: AuthorizeRequest) -> Response:
    """Where an app sends the browser: to the login, to the page that asks for consent, or straight back."""
    try:
        require_switched_on(ctx)
        require_well_formed(query)
        if ctx.session is None:
            return redirect(ctx, _login_address(ctx, query))
        app = await service.get_app_of(ctx, query)
        if app.is_trusted or await service.was_let_in(ctx, ctx.user_id, app):
            user = await users.get_user(ctx, ctx.user_id)
            return redirect(ctx, await service.let_in(ctx, user, app, query))
    except AppError as error:
        return error_page(ctx, error)
    return _consent_page(ctx, app, query)


def _login_address(ctx: Context, query: AuthorizeRequest) -> str:
    """The login page, which leads back here afterwards."""
    assert ctx.request is not None
    way = "/login/sso/saml" if query.login_hint == "saml" else "/login"
    return f"{ctx.config.ServiceSettings.SiteURL}{way}?redirect_to={quote(ctx.request.target, safe='')}"


_CONSENT = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{site}</title></head>
<body><div id="root"><h1>{site}</h1>
<p>Let <b>{app}</b> ({homepage}) use your account and act for you?</p>
<button id="allow">Allow</button> <a href="{denied}">Deny</a><p id="fault"></p></div>
<script>
const csrf = (document.cookie.match(/(?:^|; )MMCSRF=([^;]*)/) || [])[1] || "";
document.getElementById("allow").onclick = async () => {{
  const answer = await fetch("authorize", {{
    method: "POST",
    headers: {{"Content-Type": "application/json", "X-CSRF-Token": csrf, "X-Requested-With": "XMLHttpRequest"}},
    body: JSON.stringify({request}),
  }});
  const told = await answer.json();
  if (told.redirect) location.href = told.redirect;
  else document.getElementById("fault").textContent = told.message;
}};
</script></body></html>
"""


def _consent_page(ctx: Context, app: OAuthApp, query: AuthorizeRequest) -> Response:
    """The question to the user. No other site may frame it: a click on it is worth an account."""
    page = _CONSENT.format(
        site=html.escape(ctx.config.TeamSettings.SiteName),
        app=html.escape(app.name),
        homepage=html.escape(app.homepage),
        denied=html.escape(service.denial(query)),
        request=msgspec.json.encode(query).decode().replace("<", "\\u003c"),
    )
    headers = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("X-Frame-Options", "SAMEORIGIN"),
        ("Content-Security-Policy", "frame-ancestors 'self'"),
        ("Cache-Control", "no-store"),
    ]
    return Response(200, headers, page.encode())


@operation("DeauthorizeOAuthApp", "POST //oauth/deauthorize", guard=may_take_back)
async def deauthorize_oauth_app(ctx: Context, body: AppChoice) -> None:
    """Takes the user's consent back."""
    await service.take_back(ctx, ctx.user_id, body.client_id)


@operation("GetOAuthAccessToken", "POST //oauth/access_token", guard=PUBLIC, auth=OPTIONAL, trust_requester=True)
async def get_oauth_access_token(ctx: Context, body: bytes) -> JSONResponse[TokenAnswer]:
    """Gives an app a token for a code or a refresh token, which come as a form."""
    form = parse_query(body.decode("utf-8", "replace"))
    request = TokenRequest(**{name: form.get(name, "") for name in TokenRequest.__struct_fields__})
    app = await require_client(ctx, request)
    if request.grant_type == AUTHORIZATION_CODE:
        answer = await service.trade_code(ctx, app, request)
    else:
        answer = await service.renew(ctx, app, request.refresh_token)
    return JSONResponse(answer, headers=NEVER_STORED)


@operation("GetAuthorizedOAuthAppsForUser", "GET /users/{user_id}/oauth/apps/authorized", guard=may_list_let_in)
async def get_authorized_oauth_apps(ctx: Context, user_id: str, query: AppList) -> list[OAuthApp]:
    """A page of the apps that a user has let in."""
    return await service.list_apps_of_user(ctx, user_id, query.page, query.per_page)


@operation(
    "GetAuthorizationServerMetadata", "GET //.well-known/oauth-authorization-server", guard=PUBLIC, auth=OPTIONAL
)
async def get_authorization_server_metadata(ctx: Context) -> Metadata:
    """What clients may know of this provider."""
    settings = ctx.config.ServiceSettings
    if not settings.EnableOAuthServiceProvider:
        raise METADATA_OFF()
    site = settings.SiteURL.rstrip("/")
    if not site:
        raise SITE_URL_NEEDED()
    found = Metadata(
        issuer=site,
        authorization_endpoint=site + "/oauth/authorize",
        token_endpoint=site + "/oauth/access_token",
        response_types_supported=["code"],
        grant_types_supported=["authorization_code", "refresh_token"],
        code_challenge_methods_supported=["S256"],
        scopes_supported=["user"],
        token_endpoint_auth_methods_supported=["none", "client_secret_post"],
    )
    if settings.EnableDynamicClientRegistration:
        return msgspec.structs.replace(found, registration_endpoint=site + "/api/v4/oauth/apps/register")
    return found
