"""Why LDAP is refused."""

from mmfast.core.errors import ErrorKind

LICENSE_NEEDED = ErrorKind("api.ldap_groups.license_error", 501, "LDAP needs a licence.")
NOT_FROM_LDAP = ErrorKind(
    "api.user.add_user_to_group_syncables.not_ldap_user.app_error", 400, "The user does not come from LDAP."
)
