"""The addresses of signing in through other services."""

from urllib.parse import urlencode

from mmfast.api.context import Context
from mmfast.api.guards import PUBLIC
from mmfast.api.html import error_page, redirect
from mmfast.api.operation import OPTIONAL, operation
from mmfast.api.responses import Response
from mmfast.features.identity.login.errors import OAUTH_UNSUPPORTED


@operation("LoginWithOAuth", "GET //oauth/{service}/login", guard=PUBLIC, auth=OPTIONAL)
async def log_in_with_oauth(ctx: Context, service: str) -> Response:
    """Would send the browser to the service."""
    return error_page(ctx, OAUTH_UNSUPPORTED(service=service))


@operation("MobileLoginWithOAuth", "GET //oauth/{service}/mobile_login", guard=PUBLIC, auth=OPTIONAL)
async def log_in_phone_with_oauth(ctx: Context, service: str) -> Response:
    """Would send a phone's browser to the service."""
    return error_page(ctx, OAUTH_UNSUPPORTED(service=service))


@operation("SignupWithOAuth", "GET //oauth/{service}/signup", guard=PUBLIC, auth=OPTIONAL)
async def sign_up_with_oauth(ctx: Context, service: str) -> Response:
    """Would send the browser to the service, to make an account from what it tells."""
    return error_page(ctx, OAUTH_UNSUPPORTED(service=service))


def _completed(ctx: Context, service: str) -> Response:
    """What comes of a return from the service: without a code, the client's page for errors."""
    assert ctx.request is not None
    if "code=" in ctx.request.query:
        return error_page(ctx, OAUTH_UNSUPPORTED(service=service))
    query = urlencode({"type": "oauth_missing_code", "service": service.title()})
    return redirect(ctx, f"{ctx.config.ServiceSettings.SiteURL}/error?{query}", status=307)


@operation("CompleteOAuth", "GET //oauth/{service}/complete", guard=PUBLIC, auth=OPTIONAL)
async def complete_oauth(ctx: Context, service: str) -> Response:
    """Where the service sends the browser back to."""
    return _completed(ctx, service)


@operation("CompleteOAuthLogin", "GET //login/{service}/complete", guard=PUBLIC, auth=OPTIONAL)
async def complete_oauth_login(ctx: Context, service: str) -> Response:
    """An older address that services still send browsers back to."""
    return _completed(ctx, service)


@operation("CompleteOAuthSignup", "GET //signup/{service}/complete", guard=PUBLIC, auth=OPTIONAL)
async def complete_oauth_signup(ctx: Context, service: str) -> Response:
    """An older address that services still send browsers back to."""
    return _completed(ctx, service)
