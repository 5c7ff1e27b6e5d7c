"""Who may move accounts: nobody yet."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.features.identity.auth_migration import errors
from mmfast.features.identity.auth_migration.types import SERVICES, LdapMigration, SamlMigration
from mmfast.features.identity.roles.service import require


async def may_migrate_to_ldap(ctx: Context, body: LdapMigration) -> None:
    """A malformed request, or one of somebody who may not manage the system, is refused first."""
    if body.source not in SERVICES - {"ldap"}:
        raise INVALID_BODY_PARAM(name="from")
    if not body.match_field:
        raise INVALID_BODY_PARAM(name="match_field")
    await require(ctx, "manage_system")
    raise errors.LDAP_NOT_AVAILABLE()


async def may_migrate_to_saml(ctx: Context, body: SamlMigration) -> None:
    """A malformed request, or one of somebody who may not manage the system, is refused first."""
    if body.source not in SERVICES - {"saml"}:
        raise INVALID_BODY_PARAM(name="from")
    await require(ctx, "manage_system")
    raise errors.SAML_NOT_AVAILABLE()
