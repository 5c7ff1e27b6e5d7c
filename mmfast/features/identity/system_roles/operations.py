"""The routes of a user's system roles."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.features.identity.system_roles import guards, service
from mmfast.features.identity.system_roles.types import RolesChange
from mmfast.features.identity.users import errors as user_errors
from mmfast.features.identity.users import service as users
from mmfast.features.identity.users.types import User


@operation("UpdateUserRoles", "PUT /users/{user_id}/roles", guard=guards.may_set_roles)
async def update_user_roles(ctx: Context, user_id: str, body: RolesChange) -> None:
    """Sets the user's system roles."""
    await service.require_assignable(ctx, body.roles)
    user = await users.find_user(ctx, user_id)
    if user is None:
        raise user_errors.NO_SUCH_USER_TO_CHANGE()
    await users.update_roles(ctx, user, body.roles)


@operation("DemoteUserToGuest", "POST /users/{user_id}/demote", guard=guards.may_demote)
async def demote_user_to_guest(ctx: Context) -> None:
    """Makes a guest of a user; see the guard."""


@operation("PromoteGuestToUser", "POST /users/{user_id}/promote", guard=guards.may_promote)
async def promote_guest_to_user(ctx: Context, loaded: User) -> None:
    """Makes an ordinary user of a guest, in all teams and channels."""
    await service.promote_guest(ctx, loaded)
