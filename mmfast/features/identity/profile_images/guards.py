"""Who may see and change profile images: those who may see and change the account."""

from mmfast.api.context import Context
from mmfast.features.identity.users.guards import get_editable, may_see_user
from mmfast.features.identity.users.types import User

may_see_image = may_see_user


async def may_set_image(ctx: Context, user_id: str) -> User:
    """Oneself, those who may edit others, and those who may manage the bot that it is."""
    return await get_editable(ctx, user_id)
