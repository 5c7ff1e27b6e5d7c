"""Writes the cookies of a browser's session, and takes them back.

Three belong together: the token (which no script may read), the user's id, and the CSRF word that the page repeats in a
header. Reading them is `api.credentials`.
"""

from email.utils import formatdate
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from mmfast.api.credentials import CSRF_COOKIE, TOKEN_COOKIE, USER_COOKIE
from mmfast.core.clock import now_ms

if TYPE_CHECKING:
    from mmfast.api.context import Context
    from mmfast.features.identity.sessions.types import Session

TOKEN_TAKEN_BACK: Final = f"{TOKEN_COOKIE}=; Path=/; Max-Age=0; HttpOnly"


def is_from_browser(ctx: "Context") -> bool:
    """Whether the caller is a page of ours, which wants cookies."""
    return ctx.request is not None and ctx.request.headers.get("x-requested-with") == "XMLHttpRequest"


def is_secure(ctx: "Context") -> bool:
    """Whether the caller came by TLS, to us or to the proxy before us."""
    request = ctx.request
    return request is not None and (request.is_tls or request.headers.get("x-forwarded-proto") == "https")


def set_session_cookies(ctx: "Context", session: "Session", hours: int) -> None:
    """Gives the browser all three cookies for so many hours."""
    set_token_cookie(ctx, session, hours)
    ctx.add_header("Set-Cookie", _cookie(ctx, USER_COOKIE, session.user_id, hours))
    ctx.add_header("Set-Cookie", _cookie(ctx, CSRF_COOKIE, session.csrf, hours))


def set_token_cookie(ctx: "Context", session: "Session", hours: int) -> None:
    """Gives the client the token's cookie only, as phones get it."""
    ctx.add_header("Set-Cookie", _cookie(ctx, TOKEN_COOKIE, session.token, hours) + "; HttpOnly")


def take_back_token(ctx: "Context") -> None:
    """Makes the browser forget its token."""
    ctx.add_header("Set-Cookie", TOKEN_TAKEN_BACK)


def _cookie(ctx: "Context", name: str, value: str, hours: int) -> str:
    seconds = hours * 3600
    settings = ctx.config.ServiceSettings
    site = urlsplit(settings.SiteURL)
    text = f"{name}={value}; Path={site.path.rstrip('/') or '/'}; Max-Age={seconds}"
    text += f"; Expires={formatdate(now_ms() / 1000 + seconds, usegmt=True)}"
    if settings.AllowCookiesForSubdomains and site.hostname:
        text += f"; Domain={site.hostname}"
    if is_secure(ctx):
        text += "; Secure"
    return text
