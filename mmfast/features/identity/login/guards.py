"""Who may free locked accounts."""

from mmfast.api.context import Context
from mmfast.features.identity.login.errors import RESET_NOT_PERMITTED
from mmfast.features.identity.roles.service import may
from mmfast.features.identity.users.service import get_user
from mmfast.features.identity.users.types import User


async def may_free_account(ctx: Context, user_id: str) -> User:
    """Open to those who manage users; an administrator's account is freed by administrators only."""
    if not await may(ctx, "sysconsole_write_user_management_users"):
        raise RESET_NOT_PERMITTED()
    user = await get_user(ctx, user_id)
    if user.is_system_admin and not await may(ctx, "manage_system"):
        raise RESET_NOT_PERMITTED()
    return user
