"""The route that looks where a link leads."""

from typing import Final

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.features.messages.redirects.types import RedirectLocation, RedirectQuery
from mmfast.platform.outgoing import Limits, OutgoingError

LIMITS: Final = Limits(seconds=5.0, max_bytes=64 * 1024)
MAX_LOCATION: Final = 2_100
"""A longer address is none to be shown."""


@operation("GetRedirectLocation", "GET /redirect_location", guard=SIGNED_IN, trust_requester=True)
async def get_redirect_location(ctx: Context, query: RedirectQuery) -> RedirectLocation:
    """The next address behind a link; nothing is looked up where links are not previewed."""
    if not ctx.config.ServiceSettings.EnableLinkPreviews:
        return RedirectLocation()
    if not query.url:
        raise INVALID_BODY_PARAM(name="url")
    try:
        answer = await ctx.app.outgoing.request("HEAD", query.url, limits=LIMITS, follow=False)
    except OutgoingError:
        return RedirectLocation()
    location = answer.headers.get("location", "")
    return RedirectLocation(location if len(location) <= MAX_LOCATION else "")
