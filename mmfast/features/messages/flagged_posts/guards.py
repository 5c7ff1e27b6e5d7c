"""Who may list the posts that somebody saved."""

from mmfast.api.context import Context
from mmfast.features.identity.roles.service import require_user_or


async def may_list_flagged(ctx: Context, user_id: str) -> None:
    """One's own, or anybody's by who may edit other users."""
    await require_user_or(ctx, user_id)
