"""Who may set whose password."""

from mmfast.api.context import Context
from mmfast.features.identity.password_changes.errors import NOT_PERMITTED
from mmfast.features.identity.roles.service import may
from mmfast.features.identity.users.service import find_user
from mmfast.features.identity.users.types import User


async def may_update_password(ctx: Context, user_id: str) -> User:
    """Open to the user and to those who manage users; an administrator's password to administrators only."""
    user = await find_user(ctx, user_id)
    if user is None:
        raise NOT_PERMITTED()
    if user_id == ctx.user_id:
        return user
    if not await may(ctx, "sysconsole_write_user_management_users"):
        raise NOT_PERMITTED()
    if user.is_system_admin and not await may(ctx, "manage_system"):
        raise NOT_PERMITTED()
    return user
