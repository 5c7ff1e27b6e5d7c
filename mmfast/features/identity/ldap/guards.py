"""Who may use LDAP: nobody yet."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.features.identity.ldap import errors
from mmfast.features.identity.ldap.types import IdMigration
from mmfast.features.identity.roles.service import require
from mmfast.features.identity.users.service import get_user


async def ldap_available(ctx: Context) -> None:
    """Refuses everybody with a session alike."""
    raise errors.LICENSE_NEEDED()


async def may_read_groups(ctx: Context) -> None:
    """Who may not read groups hears that first."""
    await require(ctx, "sysconsole_read_user_management_groups")
    raise errors.LICENSE_NEEDED()


async def may_link_groups(ctx: Context) -> None:
    """Who may not change groups hears that first."""
    await require(ctx, "sysconsole_write_user_management_groups")
    raise errors.LICENSE_NEEDED()


async def may_migrate_ids(ctx: Context, body: IdMigration) -> None:
    """Who names no attribute, or may not manage the system, hears that first."""
    if not body.toAttribute:
        raise INVALID_BODY_PARAM(name="toAttribute")
    await require(ctx, "manage_system")
    raise errors.LICENSE_NEEDED()


async def may_sync_memberships(ctx: Context, user_id: str) -> None:
    """Only a directory's users have memberships to take over, and without a licence there are none such."""
    await require(ctx, "sysconsole_write_user_management_groups")
    await get_user(ctx, user_id)
    raise errors.NOT_FROM_LDAP()
