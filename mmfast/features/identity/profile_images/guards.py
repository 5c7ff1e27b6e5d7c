"""Who may see and change profile images."""

from mmfast.api.context import Context
from mmfast.features.identity.users.guards import may_see_user, require_may_edit, require_not_above
from mmfast.features.identity.users.service import get_user
from mmfast.features.identity.users.types import User

may_see_image = may_see_user


async def may_set_image(ctx: Context, user_id: str) -> User:
    """Oneself, and those who may edit others."""
    await require_may_edit(ctx, user_id)
    user = await get_user(ctx, user_id)
    await require_not_above(ctx, user)
    return user
