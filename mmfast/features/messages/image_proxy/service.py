"""Fetches a picture through the guarded client, or sends the browser to the proxy that the administrator named.

A picture comes from strangers and is given out in the server's name: only picture types pass, browsers may not guess
another, and what a drawing (SVG) might run is switched off by the policy.
"""

import hashlib
import hmac
from typing import Final

from mmfast.api.context import Context
from mmfast.api.errors import NOT_FOUND
from mmfast.api.responses import Response
from mmfast.features.messages.image_proxy import errors
from mmfast.platform.outgoing import AddressRefused, Limits, OutgoingError, web_address

LIMITS: Final = Limits(seconds=10.0, max_bytes=20 << 20)
CAMO: Final = "atmos/camo"

_HARMLESS: Final = (
    ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox"),
    ("X-Frame-Options", "DENY"),
    ("Cache-Control", "max-age=86400, private"),
)


async def fetch_image(ctx: Context, url: str) -> Response:
    """The picture; not found where the proxy is off or there is no picture."""
    settings = ctx.config.ImageProxySettings
    try:
        address = web_address(url)
    except AddressRefused as error:
        raise errors.ADDRESS_INVALID(detail=str(error)) from None
    if not settings.Enable:
        raise NOT_FOUND(detail="the image proxy is switched off")
    if settings.ImageProxyType == CAMO:
        target = camo_address(address, settings.RemoteImageProxyURL, settings.RemoteImageProxyOptions)
        return Response(302, [("Location", target)])
    try:
        answer = await ctx.app.outgoing.request("GET", address, headers={"Accept": "image/*"}, limits=LIMITS)
    except OutgoingError as error:
        raise NOT_FOUND(detail=str(error)) from None
    kind = answer.headers.get("content-type", "").lower()
    if answer.status != 200 or not kind.startswith("image/"):
        raise NOT_FOUND(detail=f"{answer.status} {kind}")
    return Response(200, [("Content-Type", kind), *_HARMLESS], answer.body)


def camo_address(url: str, proxy: str, key: str) -> str:
    """The address under which a Camo proxy gives the picture: it shows that the holder of the key asked for it."""
    digest = hmac.new(key.encode(), url.encode(), hashlib.sha1).hexdigest()
    return f"{proxy.rstrip('/')}/{digest}/{url.encode().hex()}"
