"""The routes of LDAP. No directory is connected yet, so no user comes from one."""

from mmfast.api.guards import SIGNED_IN
from mmfast.api.unavailable import declare_unavailable
from mmfast.features.identity.ldap import guards
from mmfast.features.identity.ldap.errors import LICENSE_NEEDED, NOT_FROM_LDAP

declare_unavailable(
    LICENSE_NEEDED,
    ("SyncLdap", "POST /ldap/sync", SIGNED_IN),
    ("TestLdap", "POST /ldap/test", SIGNED_IN),
    ("TestLdapConnection", "POST /ldap/test_connection", SIGNED_IN),
    ("TestLdapDiagnostics", "POST /ldap/test_diagnostics", SIGNED_IN),
    ("MigrateIdLdap", "POST /ldap/migrateid", guards.may_migrate_ids),
    ("GetLdapGroups", "GET /ldap/groups", guards.may_read_groups),
    ("LinkLdapGroup", "POST /ldap/groups/{remote_id}/link", guards.may_link_groups),
    ("UnlinkLdapGroup", "DELETE /ldap/groups/{remote_id}/link", guards.may_link_groups),
    unchecked=("remote_id",),
)
declare_unavailable(
    NOT_FROM_LDAP,
    ("AddUserToGroupSyncables", "POST /ldap/users/{user_id}/group_sync_memberships", guards.may_sync_memberships),
)
