"""Answers addresses outside the declared routes.

Under /api an unknown address is the API's own 404, below /plugins a plugin would answer, below /static lie files;
elsewhere GET and HEAD give the client's page. This page is a plain greeting with where to connect a client: the bundled
web client has a folder of its own when it is there.
"""

import html
import re
from typing import Final

import msgspec

from mmfast.api.context import Context
from mmfast.api.errors import NOT_FOUND
from mmfast.features.admin.plugins.errors import DISABLED
from mmfast.web import static
from mmfast.wire.response import Response

PAGE_HEADERS: Final = [
    ("X-Frame-Options", "SAMEORIGIN"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", ""),
]
_PLAIN: Final = ("Content-Type", "text/plain; charset=utf-8")
_PLUGIN: Final = re.compile(r"/plugins/[A-Za-z0-9_\-.]+(/.*)?")
_TOO_OLD: Final = ("MSIE ", "Trident/")
"""Browsers by a word of theirs in which no client of today runs."""


async def page(ctx: Context) -> Response:
    """The answer for an address that no operation has."""
    request = ctx.request
    assert request is not None
    if request.path.startswith(static.PREFIX):
        return static.serve(ctx)
    if _PLUGIN.fullmatch(request.path):
        return _answer_for_plugin(ctx)
    if request.method not in ("GET", "HEAD"):
        return _not_found()
    if request.path == "/robots.txt":
        return Response(200, [_PLAIN], b"User-agent: *\nDisallow: /\n")
    if request.path.startswith("/api/"):
        ctx.add_header(*_policy(ctx))
        ctx.add_header(*PAGE_HEADERS[0])
        raise NOT_FOUND()
    return _page_for(ctx, request.headers.get("user-agent"))


def _policy(ctx: Context) -> tuple[str, str]:
    """Who may show our pages in a frame: ourselves, and the sites that the configuration names."""
    sites = ctx.config.ServiceSettings.FrameAncestors
    return "Content-Security-Policy", f"frame-ancestors 'self' {sites}; script-src 'self'"


def _not_found() -> Response:
    return Response(404, [_PLAIN, ("X-Content-Type-Options", "nosniff")], b"404 page not found\n")


def _answer_for_plugin(ctx: Context) -> Response:
    """What is said in the place of a plugin: there is none."""
    if ctx.config.PluginSettings.Enable:
        return _not_found()
    error = {
        "id": DISABLED.id,
        "message": DISABLED.text,
        "detailed_error": "",
        "request_id": ctx.request_id,
        "status_code": DISABLED.status,
    }
    return Response(DISABLED.status, [_PLAIN], msgspec.json.encode(error))


def _page_for(ctx: Context, browser: str) -> Response:
    if any(word in browser for word in _TOO_OLD):
        text = "This browser is too old to be used here. Use a current browser, or the desktop app."
        headers = [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store"), _policy(ctx)]
        headers += PAGE_HEADERS
        return Response(200, headers, _document(ctx, f"<p>{text}</p>").encode())
    headers = [
        ("Content-Type", "text/html"),
        ("Cache-Control", "no-cache, max-age=31556926, public"),
        ("X-Request-Id", ctx.request_id),
        ("X-Version-Id", ctx.app.version_id),
        _policy(ctx),
        *PAGE_HEADERS,
    ]
    title = html.escape(ctx.config.TeamSettings.SiteName)
    about = html.escape(ctx.config.TeamSettings.CustomDescriptionText)
    body = (
        f'<div id="root"><h1>{title}</h1><p>{about}</p>'
        "<p>This server speaks the Mattermost API: point a desktop or mobile app at this address.</p></div>"
    )
    return Response(200, headers, _document(ctx, body).encode())


def _document(ctx: Context, body: str) -> str:
    title = html.escape(ctx.config.TeamSettings.SiteName)
    about = html.escape(ctx.config.TeamSettings.CustomDescriptionText)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="og:description" content="{about}" />'
        '<meta name="viewport" content="width=device-width, initial-scale=1" />'
        f'<link rel="stylesheet" href="{static.address_of("page.css")}" /></head>'
        f"<body>{body}</body></html>\n"
    )
