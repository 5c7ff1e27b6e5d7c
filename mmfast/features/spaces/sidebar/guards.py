"""Who may see and change a user's sidebar."""

from mmfast.api.context import Context
from mmfast.api.errors import PERMISSION
from mmfast.features.identity.roles.service import require_user_or
from mmfast.features.spaces.sidebar import service
from mmfast.features.spaces.sidebar.types import Category
from mmfast.features.spaces.teams.guards import require_in_team


async def may_use_sidebar(ctx: Context, user_id: str, team_id: str) -> None:
    """Everybody their own in teams that they may see, and who may edit others."""
    await require_user_or(ctx, user_id)
    await require_in_team(ctx, team_id, "view_team")


async def may_use_category(ctx: Context, user_id: str, team_id: str, category_id: str) -> Category:
    """As `may_use_sidebar`; a category that the user does not have is refused, not missing."""
    await may_use_sidebar(ctx, user_id, team_id)
    category = await service.find_category(ctx, user_id, team_id, category_id)
    if category is None:
        raise PERMISSION(detail="the user has no such category")
    return category
