"""Who may use channel bookmarks."""

from mmfast.api.context import Context
from mmfast.features.spaces.bookmarks.errors import LICENSE_NEEDED


async def bookmarks_available(ctx: Context) -> None:
    """Nobody, without a licence."""
    raise LICENSE_NEEDED()
