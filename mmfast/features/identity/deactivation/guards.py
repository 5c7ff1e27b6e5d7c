"""Who may switch accounts off and on, and delete them."""

from mmfast.api.context import Context
from mmfast.api.errors import PERMISSION
from mmfast.features.identity.deactivation import errors
from mmfast.features.identity.deactivation.types import Activation, Deletion
from mmfast.features.identity.roles.service import may, require_local
from mmfast.features.identity.users import service as users
from mmfast.features.identity.users.guards import require_not_above
from mmfast.features.identity.users.types import User


async def may_set_active(ctx: Context, user_id: str, body: Activation) -> User:
    """Who manages users; and oneself, to switch off only, where that is allowed."""
    own = user_id == ctx.user_id and not body.active
    if not own and not await may(ctx, "sysconsole_write_user_management_users"):
        raise errors.NOT_ALLOWED()
    if own and not ctx.config.TeamSettings.EnableUserDeactivation:
        raise errors.SELF_DEACTIVATION_OFF()
    user = await users.get_user(ctx, user_id)
    await require_not_above(ctx, user)
    if body.active and user.is_guest and not ctx.config.GuestAccountsSettings.Enable:
        raise errors.GUESTS_OFF()
    return user


async def may_delete_user(ctx: Context, user_id: str, query: Deletion) -> User:
    """Oneself where that is allowed, and those who may edit others; for good only where the configuration allows it."""
    manages = await may(ctx, "manage_system")
    if user_id != ctx.user_id and not await may(ctx, "edit_other_users"):
        raise PERMISSION(detail="needs edit_other_users")
    if user_id == ctx.user_id and not ctx.config.TeamSettings.EnableUserDeactivation and not manages:
        raise errors.SELF_DEACTIVATION_OFF()
    user = await users.get_user(ctx, user_id)
    await require_not_above(ctx, user)
    if query.permanent and not ctx.config.ServiceSettings.EnableAPIUserDeletion:
        raise (errors.DELETION_OFF_FOR_ADMIN if manages else errors.DELETION_OFF)()
    if query.permanent and not manages:
        raise PERMISSION(detail="needs manage_system")
    return user


async def may_delete_all_users(ctx: Context) -> None:
    """The machine's own administrator."""
    require_local(ctx)
