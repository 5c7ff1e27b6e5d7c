"""The routes that switch accounts off and on, and delete them."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.features.identity.deactivation import guards, service
from mmfast.features.identity.deactivation.types import Activation, Deletion
from mmfast.features.identity.users.events import UserActivationStatusChange
from mmfast.features.identity.users.types import User


@operation("UpdateUserActive", "PUT /users/{user_id}/active", guard=guards.may_set_active)
async def update_user_active(ctx: Context, body: Activation, loaded: User) -> None:
    """Switches an account on or off."""
    async with ctx.transaction():
        await service.set_active(ctx, loaded, body.active)
        ctx.announce(UserActivationStatusChange().to())


@operation("DeleteUser", "DELETE /users/{user_id}", guard=guards.may_delete_user)
async def delete_user(ctx: Context, query: Deletion, loaded: User) -> None:
    """Switches an account off; with `permanent`, deletes it and all that it wrote."""
    await service.set_active(ctx, loaded, False)
    if query.permanent:
        await service.delete_for_good(ctx, loaded)


@operation("PermanentDeleteAllUsers", "DELETE /users", guard=guards.may_delete_all_users, local_only=True)
async def delete_all_users(ctx: Context) -> None:
    """Deletes every account and all that anybody wrote."""
    await service.delete_all_for_good(ctx)
