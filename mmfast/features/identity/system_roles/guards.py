"""Who may give and take roles."""

from mmfast.api.context import Context
from mmfast.features.identity.roles.service import require
from mmfast.features.identity.system_roles import errors
from mmfast.features.identity.users import service as users
from mmfast.features.identity.users.types import User


async def may_set_roles(ctx: Context, user_id: str) -> None:
    """Who may manage roles."""
    await require(ctx, "manage_roles")


async def may_demote(ctx: Context, user_id: str) -> None:
    """Nobody yet: guests need a licence on the reference, and its answer comes before any question of permission."""
    raise errors.DEMOTION_NEEDS_LICENSE()


async def may_promote(ctx: Context, user_id: str) -> User:
    """Who may make users of guests."""
    await require(ctx, "promote_guest")
    user = await users.get_user(ctx, user_id)
    if not user.is_guest:
        raise errors.NO_GUEST()
    return user
