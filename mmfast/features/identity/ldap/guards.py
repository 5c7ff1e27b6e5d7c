"""Who may use LDAP."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.features.identity.ldap.types import IdMigration
from mmfast.features.identity.roles.service import require
from mmfast.features.identity.users.service import get_user


async def may_read_groups(ctx: Context) -> None:
    """Whoever sees the page of groups."""
    await require(ctx, "sysconsole_read_user_management_groups")


async def may_link_groups(ctx: Context) -> None:
    """Whoever changes the page of groups."""
    await require(ctx, "sysconsole_write_user_management_groups")


async def may_migrate_ids(ctx: Context, body: IdMigration) -> None:
    """Whoever manages the system, and names an attribute."""
    await require(ctx, "manage_system")
    if not body.toAttribute:
        raise INVALID_BODY_PARAM(name="toAttribute")


async def may_sync_memberships(ctx: Context, user_id: str) -> None:
    """Whoever changes the page of groups, and names a user."""
    await require(ctx, "sysconsole_write_user_management_groups")
    await get_user(ctx, user_id)
