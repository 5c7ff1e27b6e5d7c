"""Decides what a session may do in the whole server, and changes roles.

A set of permissions is an integer with a bit for each (`catalogue.BITS`); the masks of roles are cached by name, so
that a check is one look-up a role and one `and`: there is nothing left for an extension to gain. Where a permission is
looked at for a whole list of receivers, that is `mmfast.hot.of_admins`.
"""

from collections.abc import Iterable
from typing import Final

import msgspec

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.hooks import Hook
from mmfast.features.identity.roles import store
from mmfast.features.identity.roles.catalogue import BITS
from mmfast.features.identity.roles.errors import INVALID_ROLE, PERMISSION, ROLE_NAME_NOT_FOUND, ROLE_NOT_FOUND
from mmfast.features.identity.roles.events import RoleUpdated
from mmfast.features.identity.roles.types import Role, RolesLoaded
from mmfast.platform.cache import CacheKind

ROLES: Final[CacheKind[str, Role]] = CacheKind("roles", size=10_000)
ROLE_MASKS: Final[CacheKind[str, int]] = CacheKind("role_masks", size=10_000)
"""Masks by space-separated role names, as sessions and memberships hold them; dropped whole when any role changes."""

ROLES_LOADED: Final[Hook[RolesLoaded]] = Hook("roles_loaded")
"""Run when roles were read by name, before they are kept: see `spaces.schemes`."""

EVERY_PERMISSION: Final = (1 << len(BITS)) - 1
"""What the local caller is granted, whatever the roles of this installation are."""

MANAGE_SYSTEM: Final = "manage_system"
SYSTEM_ADMIN: Final = "system_admin"


def permission_mask(permissions: Iterable[str]) -> int:
    """The mask of these permissions; unknown ids grant nothing."""
    mask = 0
    for permission in permissions:
        mask |= BITS.get(permission, 0)
    return mask


async def role_mask(ctx: Context, roles: str) -> int:
    """What the roles of a space-separated list grant together. Roles that do not exist grant nothing."""
    found = ctx.caches.find(ROLE_MASKS, roles)
    if found is not None:
        return found
    return await ctx.cached(ROLE_MASKS, roles, lambda: _load_mask(ctx, roles))


async def _load_mask(ctx: Context, roles: str) -> int:
    mask = 0
    for role in await find_roles(ctx, roles.split()):
        if role.delete_at == 0:
            mask |= permission_mask(role.permissions)
    return mask


async def session_mask(ctx: Context) -> int:
    """What the caller's session is granted in the whole server."""
    if ctx.session is None:
        return 0
    return EVERY_PERMISSION if ctx.session.local else await role_mask(ctx, ctx.session.roles)


async def may(ctx: Context, permission: str) -> bool:
    """Whether the caller holds the permission in the whole server."""
    if ctx.session is None:
        return False
    if ctx.session.local:
        return True
    mask = ctx.caches.find(ROLE_MASKS, ctx.session.roles)
    if mask is None:
        mask = await role_mask(ctx, ctx.session.roles)
    return mask & BITS[permission] != 0


async def may_any(ctx: Context, *permissions: str) -> bool:
    """Whether the caller holds at least one of the permissions."""
    return await session_mask(ctx) & permission_mask(permissions) != 0


async def require(ctx: Context, *permissions: str) -> None:
    """Refuses callers who hold none of the permissions."""
    if not await may_any(ctx, *permissions):
        raise PERMISSION(detail="needs " + " or ".join(permissions))


def require_local(ctx: Context) -> None:
    """Refuses everybody but the local caller: for what no stolen session may do."""
    if ctx.session is None or not ctx.session.local:
        raise PERMISSION(detail="needs the local socket")


async def roles_grant(ctx: Context, roles: str, permission: str) -> bool:
    """Whether these roles grant the permission: for users other than the caller."""
    return await role_mask(ctx, roles) & BITS[permission] != 0


async def require_user_or(ctx: Context, user_id: str, permission: str = "edit_other_users") -> None:
    """Refuses callers who are neither the user nor hold the permission over others."""
    if ctx.user_id != user_id and not await may(ctx, permission):
        raise PERMISSION(detail=f"needs {permission}")


async def list_roles(ctx: Context) -> list[Role]:
    """Every role."""
    return await store.list_all(ctx.db)


async def get_role(ctx: Context, role_id: str) -> Role:
    """The role with this id."""
    role = await store.find_by_id(ctx.db, role_id)
    if role is None:
        raise ROLE_NOT_FOUND()
    return role


async def get_role_by_name(ctx: Context, name: str) -> Role:
    """The role of this name."""
    roles = await find_roles(ctx, [name])
    if not roles:
        raise ROLE_NAME_NOT_FOUND()
    return roles[0]


async def find_roles(ctx: Context, names: Iterable[str]) -> list[Role]:
    """The roles of these names that exist, each once, in the order given."""

    async def load(missing: list[str]) -> dict[str, Role]:
        loaded = await store.list_by_names(ctx.db, missing)
        await ROLES_LOADED.run(ctx, RolesLoaded(loaded))
        return {role.name: role for role in loaded}

    return list((await ctx.cached_many(ROLES, names, load)).values())


async def update_permissions(ctx: Context, role: Role, permissions: list[str] | None) -> Role:
    """Gives a role these permissions (None: as they are).

    Everybody hears of it unless the same permissions were given again; the administrators' role is told of always.
    """
    if permissions is not None:
        if any(permission not in BITS for permission in permissions):
            raise INVALID_ROLE()
        permissions = list(dict.fromkeys(permissions))
        if set(permissions) == set(role.permissions) and role.name != SYSTEM_ADMIN:
            return role
    kept = role.permissions if permissions is None else permissions
    changed = msgspec.structs.replace(role, permissions=kept, update_at=now_ms())
    await store.update_permissions(ctx.db, changed)
    forget_roles(ctx)
    ctx.announce(RoleUpdated(role=changed).to())
    return changed


def forget_roles(ctx: Context) -> None:
    """Drops all roles from the caches of all workers: one role may limit what others grant."""
    ctx.invalidate(ROLES, None)
    ctx.invalidate(ROLE_MASKS, None)
