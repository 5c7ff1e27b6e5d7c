"""Asks a link where it leads, without following it."""

from typing import Final

from mmfast.api.context import Context
from mmfast.features.messages.link_targets.types import Target
from mmfast.platform.outgoing import Limits, OutgoingError

LIMITS: Final = Limits(seconds=5.0, max_bytes=1 << 20, redirects=0)


async def find_target(ctx: Context, url: str) -> Target:
    """Where the link leads; what cannot be reached leads nowhere."""
    try:
        answer = await ctx.app.outgoing.request("HEAD", url, limits=LIMITS)
    except OutgoingError:
        return Target("")
    return Target(answer.headers.get("location", ""))
