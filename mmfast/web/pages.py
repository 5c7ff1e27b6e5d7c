"""Answers addresses outside the declared routes.

Under /api an unknown address is the API's own 404; elsewhere GET and HEAD give the client's page. This page is a plain
greeting with where to connect a client: the bundled web client has a folder of its own when it is there.
"""

import html

from mmfast.api.context import Context
from mmfast.api.errors import NOT_FOUND
from mmfast.wire.response import Response

PAGE_HEADERS = [
    ("Content-Security-Policy", "frame-ancestors 'self' ; script-src 'self'"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", ""),
]


async def page(ctx: Context) -> Response:
    """The page for an address that no operation has."""
    request = ctx.request
    assert request is not None
    if request.method not in ("GET", "HEAD"):
        plain = [("Content-Type", "text/plain; charset=utf-8"), ("X-Content-Type-Options", "nosniff")]
        return Response(404, plain, b"404 page not found\n")
    if request.path == "/robots.txt":
        return Response(200, [("Content-Type", "text/plain; charset=utf-8")], b"User-agent: *\nDisallow: /\n")
    if request.path.startswith("/api/"):
        for header in PAGE_HEADERS[:2]:
            ctx.add_header(*header)
        raise NOT_FOUND()
    headers = [
        ("Content-Type", "text/html"),
        ("Cache-Control", "no-cache, max-age=31556926, public"),
        ("X-Request-Id", ctx.request_id),
        ("X-Version-Id", ctx.app.version_id),
        *PAGE_HEADERS,
    ]
    return Response(200, headers, _document(ctx).encode())


def _document(ctx: Context) -> str:
    team = ctx.config.TeamSettings
    title, about = html.escape(team.SiteName or ""), html.escape(team.CustomDescriptionText or "")
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="og:description" content="{about}" /></head>'
        f'<body><div id="root"><h1>{title}</h1><p>{about}</p>'
        "<p>This server speaks the Mattermost API: point a desktop or mobile app at this address.</p>"
        "</div></body></html>\n"
    )
