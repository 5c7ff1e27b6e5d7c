"""Answers of the few addresses that a person's browser visits: redirects, and errors that a person can read."""

import html
from typing import TYPE_CHECKING

from mmfast.core.errors import AppError
from mmfast.core.text import translate
from mmfast.wire.response import Response

if TYPE_CHECKING:
    from mmfast.api.context import Context


def redirect(ctx: "Context", location: str, status: int = 302) -> Response:
    """Sends the browser elsewhere. Line breaks, which would make a header of their own, end the address."""
    address = location.splitlines()[0] if location else ""
    return Response(status, [("Content-Type", "application/json"), ("Location", address)], b"")


def error_page(ctx: "Context", error: AppError) -> Response:
    """The error as a page."""
    text = html.escape(translate(ctx.locale, error.id, error.kind.text, error.params))
    title = html.escape(ctx.config.TeamSettings.SiteName)
    body = (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><h1>{title}</h1><p>{text}</p></body></html>\n"
    )
    return Response(error.status, [("Content-Type", "text/html")], body.encode())
