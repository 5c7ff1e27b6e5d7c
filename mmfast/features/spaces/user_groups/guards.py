"""Who may use groups: nobody yet."""

from mmfast.api.context import Context
from mmfast.features.spaces.user_groups.errors import LICENSE_NEEDED


async def groups_available(ctx: Context) -> None:
    """Refuses everybody with a session alike, before any question of permission."""
    raise LICENSE_NEEDED()
