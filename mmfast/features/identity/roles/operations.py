"""The operations on roles and permissions."""

import re

import msgspec

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM, PAYLOAD_PARSE
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.features.identity.roles import service
from mmfast.features.identity.roles.catalogue import ANCILLARY
from mmfast.features.identity.roles.errors import TOO_MANY_NAMES
from mmfast.features.identity.roles.guards import may_patch_role, may_read_all_roles
from mmfast.features.identity.roles.types import Role, RolePatch

MAX_NAMES = 100
_NAME = re.compile(r"[a-z0-9_]{1,64}")


@operation("GetAllRoles", "GET /roles", guard=may_read_all_roles)
async def get_all_roles(ctx: Context) -> list[Role]:
    """Every role with its permissions."""
    return await service.list_roles(ctx)


@operation("GetRole", "GET /roles/{role_id}", guard=SIGNED_IN, trust_requester=True)
async def get_role(ctx: Context, role_id: str) -> Role:
    """One role by id."""
    return await service.get_role(ctx, role_id)


@operation("GetRoleByName", "GET /roles/name/{role_name}", guard=SIGNED_IN, trust_requester=True)
async def get_role_by_name(ctx: Context, role_name: str) -> Role:
    """One role by name."""
    return await service.get_role_by_name(ctx, role_name)


@operation("GetRolesByNames", "POST /roles/names", guard=SIGNED_IN, trust_requester=True, body_error=PAYLOAD_PARSE)
async def get_roles_by_names(ctx: Context, body: list[str]) -> list[Role] | msgspec.Raw:
    """Several roles by name; names that do not exist are passed over."""
    if not body:
        raise INVALID_BODY_PARAM(name="rolenames")
    if len(body) > MAX_NAMES:
        raise TOO_MANY_NAMES(max=MAX_NAMES)
    names = [name for name in body if name.strip()]
    if not all(_NAME.fullmatch(name) for name in names):
        raise INVALID_BODY_PARAM(name="rolename")
    return await service.find_roles(ctx, names) or msgspec.Raw(b"null")


@operation("PatchRole", "PUT /roles/{role_id}/patch", guard=may_patch_role)
async def patch_role(ctx: Context, loaded: Role, body: RolePatch) -> Role:
    """Sets the permissions of a role."""
    return await service.update_permissions(ctx, loaded, body.permissions)


@operation("GetAncillaryPermissionsPost", "POST /permissions/ancillary", guard=SIGNED_IN, body_error=PAYLOAD_PARSE)
async def get_ancillary_permissions(ctx: Context, body: list[str]) -> list[str]:
    """The permissions asked for, followed by those that they bring with them."""
    if not body:
        raise PAYLOAD_PARSE()
    return body + [extra for permission in body for extra in ANCILLARY.get(permission, "").split()]
