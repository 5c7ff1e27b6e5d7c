"""Who may read and change roles."""

from mmfast.api.context import Context
from mmfast.features.identity.roles import service
from mmfast.features.identity.roles.errors import LICENSE_NEEDED, NOT_ALLOWED_PERMISSION
from mmfast.features.identity.roles.types import Role, RolePatch

GUEST_ROLES = frozenset(("system_guest", "team_guest", "channel_guest"))

NOT_ALLOWED = frozenset(
    (
        "manage_system",
        "manage_roles",
        "sysconsole_read_user_management_system_roles",
        "sysconsole_write_user_management_system_roles",
    )
)
"""Permissions that no role gains through the API: whoever held them could give themselves everything."""


async def may_read_all_roles(ctx: Context) -> None:
    """Open to system administrators."""
    await service.require(ctx, service.MANAGE_SYSTEM)


async def may_patch_role(ctx: Context, role_id: str, body: RolePatch) -> Role:
    """Open to those who manage permissions, for roles and permissions that are not out of bounds."""
    role = await service.get_role(ctx, role_id)
    if role.name in GUEST_ROLES:
        raise LICENSE_NEEDED()
    if body.permissions is not None:
        refused = (set(body.permissions) - set(role.permissions)) & NOT_ALLOWED
        if refused:
            raise NOT_ALLOWED_PERMISSION(names=", ".join(sorted(refused)))
    await service.require(ctx, "sysconsole_write_user_management_permissions")
    return role
