"""Lets pages of other sites call the API, where the configuration names those sites (the CORS protocol of Fetch).

`AllowCorsFrom` lists origins, separated by spaces; `*` allows every one, and one `*` within an origin stands for
anything. Without it nothing here is said or done, and browsers keep to the server's own pages. Whether a page may open
the WebSocket is `realtime.operations`' business.
"""

from typing import Final

from mmfast.platform.config.server_sections import ServiceSettings
from mmfast.wire.request import Request
from mmfast.wire.response import Response

METHODS: Final = frozenset(("HEAD", "GET", "POST", "PUT", "PATCH", "DELETE"))
PREFLIGHT_SECONDS: Final = 86_400
"""How long a browser may rely on what a preflight told it."""


def is_allowed(origin: str, allowed: str) -> bool:
    """Whether the list `allowed` lets pages of `origin` in; upper and lower case are the same."""
    origin = origin.lower()
    for one in allowed.lower().split():
        before, star, after = one.partition("*")
        if one == origin or (
            star and len(origin) >= len(before) + len(after) and origin.startswith(before) and origin.endswith(after)
        ):
            return True
    return False


def is_preflight(request: Request) -> bool:
    """Whether a browser asks, before the request proper, what it may send."""
    return request.method == "OPTIONS" and bool(request.headers.get("access-control-request-method"))


def answer_preflight(request: Request, settings: ServiceSettings) -> Response:
    """Says what a page of the origin may send; to origins and methods that are not allowed, nothing."""
    headers = [("Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers")]
    origin = request.headers.get("origin")
    method = request.headers.get("access-control-request-method").upper()
    if origin and method in METHODS and is_allowed(origin, settings.AllowCorsFrom):
        headers.append(_allow_origin(origin, settings))
        headers.append(("Access-Control-Allow-Methods", method))
        if wanted := request.headers.get("access-control-request-headers"):
            headers.append(("Access-Control-Allow-Headers", wanted))
        headers += _allow_credentials(settings)
        headers.append(("Access-Control-Max-Age", str(PREFLIGHT_SECONDS)))
    return Response(204, headers)


def add_headers(request: Request, settings: ServiceSettings, response: Response) -> Response:
    """Adds to an answer that a page of an allowed origin may read it."""
    added = [("Vary", "Origin")]
    origin = request.headers.get("origin")
    if origin and request.method in METHODS and is_allowed(origin, settings.AllowCorsFrom):
        added.append(_allow_origin(origin, settings))
        if exposed := settings.CorsExposedHeaders.split():
            added.append(("Access-Control-Expose-Headers", ", ".join(exposed)))
        added += _allow_credentials(settings)
    response.headers = [*response.headers, *added]
    return response


def _allow_origin(origin: str, settings: ServiceSettings) -> tuple[str, str]:
    return "Access-Control-Allow-Origin", "*" if "*" in settings.AllowCorsFrom.split() else origin


def _allow_credentials(settings: ServiceSettings) -> list[tuple[str, str]]:
    return [("Access-Control-Allow-Credentials", "true")] if settings.CorsAllowCredentials else []
