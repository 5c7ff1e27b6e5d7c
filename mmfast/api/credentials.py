"""Finds the session token in a request, and says whether a cookie's bearer has proved to be the page it claims.

Sources in order: the cookie, the Authorization header, the address. Only says where the token stands; whether it is
good is the sessions feature's business.
"""

import enum
import hmac
from typing import Final, NamedTuple

from mmfast.wire.request import Request

TOKEN_COOKIE: Final = "MMAUTHTOKEN"
USER_COOKIE: Final = "MMUSERID"
CSRF_COOKIE: Final = "MMCSRF"


class Source(enum.Enum):
    """Where a token was found."""

    NONE = 0
    COOKIE = 1
    HEADER = 2
    ADDRESS = 3


class Credentials(NamedTuple):
    """A token as presented; empty with Source.NONE."""

    token: str
    source: Source


_TOKEN_COOKIE: Final = TOKEN_COOKIE.encode()
_NOTHING: Final = Credentials("", Source.NONE)


def read_credentials(request: Request) -> Credentials:
    """The token of a request."""
    fields = request.headers.first_bytes()
    cookies = fields.get(b"cookie")
    if cookies and _TOKEN_COOKIE in cookies and (token := read_cookie(cookies.decode("latin-1"), TOKEN_COOKIE)):
        return Credentials(token, Source.COOKIE)
    authorization = fields.get(b"authorization")
    if authorization:
        header = authorization.decode("latin-1")
        if len(header) > 6 and header[:6].upper() == "BEARER":
            return Credentials(header[7:], Source.HEADER) if header[7:] else _NOTHING
        if len(header) > 5 and header[:5].lower() == "token":
            return Credentials(header[6:], Source.HEADER) if header[6:] else _NOTHING
    if "access_token=" in request.query:
        for pair in request.query.split("&"):
            name, _, value = pair.partition("=")
            if name == "access_token" and value:
                return Credentials(value, Source.ADDRESS)
    return _NOTHING


def read_cookie(header: str, name: str) -> str:
    """The value of a cookie in a Cookie header, or the empty string."""
    for part in header.split(";"):
        key, _, value = part.strip().partition("=")
        if key == name:
            return value.strip('"')
    return ""


def proves_origin(request: Request, expected_csrf: str, strict: bool) -> bool:
    """Whether a change asked for by cookie comes from our own page: the CSRF header, or (unless strict) an XHR mark."""
    given = request.headers.get("x-csrf-token") or ""
    if given and expected_csrf and hmac.compare_digest(given.encode(), expected_csrf.encode()):
        return True
    return not strict and request.headers.get("x-requested-with") == "XMLHttpRequest"
