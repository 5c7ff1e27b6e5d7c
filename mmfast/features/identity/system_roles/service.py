"""Gives and takes system roles."""

import re
from typing import Final

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.core.hooks import Hook
from mmfast.features.identity.roles.service import find_roles
from mmfast.features.identity.system_roles import errors
from mmfast.features.identity.users import service as users
from mmfast.features.identity.users.types import SYSTEM_GUEST, SYSTEM_USER, User

GUEST_PROMOTED: Final[Hook[User]] = Hook("guest_promoted")
"""Run when a guest has become an ordinary user, in the same transaction: memberships follow."""

LICENSED_ROLES: Final = frozenset({"system_manager", "system_user_manager", "system_read_only_admin"})
"""The delegated administration of the reference, which it gives to licensed servers only."""

_ROLE_NAMES: Final = re.compile(r"[a-z0-9_ ]{0,256}")


async def require_assignable(ctx: Context, roles: str) -> None:
    """Refuses roles that are malformed, unknown, or need a licence."""
    if not _ROLE_NAMES.fullmatch(roles):
        raise INVALID_BODY_PARAM(name="roles")
    names = set(roles.split())
    if names & LICENSED_ROLES:
        raise errors.ROLE_NEEDS_LICENSE()
    if len(await find_roles(ctx, names)) < len(names):
        raise errors.UNKNOWN_ROLE()


async def promote_guest(ctx: Context, user: User) -> User:
    """Makes the guest an ordinary user everywhere."""
    roles = " ".join(SYSTEM_USER if role == SYSTEM_GUEST else role for role in user.roles.split())
    async with ctx.transaction():
        after = await users.update_roles(ctx, user, roles)
        users.announce_updated(ctx, after)
        await GUEST_PROMOTED.run(ctx, after)
    return after
