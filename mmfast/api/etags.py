"""Answers that a client may keep: with an ETag, and as a bare 304 when the client has that one already."""

from collections.abc import Callable
from typing import Any

from mmfast.api.context import Context
from mmfast.api.responses import JSONResponse, Response


def is_known(ctx: Context, etag: str) -> bool:
    """Whether the caller says that it holds this version."""
    return ctx.request is not None and ctx.request.headers.get("if-none-match") == etag


def not_modified(etag: str) -> Response:
    """The answer to a caller who holds this version."""
    return Response(304, [("Etag", etag)])


def tagged(ctx: Context, etag: str, value: Callable[[], Any]) -> JSONResponse[Any] | Response:
    """The JSON of `value()` under its ETag, or 304 without making it."""
    if is_known(ctx, etag):
        return not_modified(etag)
    return JSONResponse(value(), headers=(("Etag", etag),))
