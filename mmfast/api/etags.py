"""Answers that a client may keep: with an ETag, and as a bare 304 when the client has that one already."""

from collections.abc import Callable
from typing import Any, Final

from mmfast.api.context import Context
from mmfast.api.responses import JSONResponse, Response
from mmfast.platform.metrics import counter

HITS: Final = counter("mattermost_cache_etag_hit_total", "Answers that the client had already.")
MISSES: Final = counter("mattermost_cache_etag_miss_total", "Answers with an ETag that had to be sent.")


def is_known(ctx: Context, etag: str) -> bool:
    """Whether the caller says that it holds this version."""
    return ctx.request is not None and ctx.request.headers.get("if-none-match") == etag


def not_modified(etag: str) -> Response:
    """The answer to a caller who holds this version."""
    return Response(304, [("Etag", etag)])


def tagged(ctx: Context, etag: str, value: Callable[[], Any]) -> JSONResponse[Any] | Response:
    """The JSON of `value()` under its ETag, or 304 without making it."""
    if is_known(ctx, etag):
        HITS.value += 1
        return not_modified(etag)
    MISSES.value += 1
    return JSONResponse(value(), headers=(("Etag", etag),))
