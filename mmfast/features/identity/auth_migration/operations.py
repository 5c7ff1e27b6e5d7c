"""The routes that move accounts, behind guards that refuse."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.features.identity.auth_migration import guards


@operation("MigrateAuthToLdap", "POST /users/migrate_auth/ldap", guard=guards.may_migrate_to_ldap)
@operation("MigrateAuthToSaml", "POST /users/migrate_auth/saml", guard=guards.may_migrate_to_saml)
async def answer_nothing(ctx: Context) -> None:
    """Never reached: the guards refuse."""
