"""The routes of LDAP, all behind guards that refuse."""

from typing import Final

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.features.identity.ldap import guards

_ROUTES: Final = (
    ("SyncLdap", "POST /ldap/sync", guards.ldap_available),
    ("TestLdap", "POST /ldap/test", guards.ldap_available),
    ("TestLdapConnection", "POST /ldap/test_connection", guards.ldap_available),
    ("TestLdapDiagnostics", "POST /ldap/test_diagnostics", guards.ldap_available),
    ("MigrateIdLdap", "POST /ldap/migrateid", guards.may_migrate_ids),
    ("GetLdapGroups", "GET /ldap/groups", guards.may_read_groups),
    ("LinkLdapGroup", "POST /ldap/groups/{remote_id}/link", guards.may_link_groups),
    ("UnlinkLdapGroup", "DELETE /ldap/groups/{remote_id}/link", guards.may_link_groups),
    ("AddUserToGroupSyncables", "POST /ldap/users/{user_id}/group_sync_memberships", guards.may_sync_memberships),
)


async def answer_nothing(ctx: Context) -> None:
    """Never reached: the guards refuse."""


for _name, _route, _guard in _ROUTES:
    operation(_name, _route, guard=_guard, unchecked=("remote_id",))(answer_nothing)
