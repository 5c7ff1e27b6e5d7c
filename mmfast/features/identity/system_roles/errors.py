"""What changing a user's roles may be refused for."""

from mmfast.core.errors import ErrorKind

UNKNOWN_ROLE = ErrorKind("app.role.check_roles_exist.role_not_found", 400, "There is no role of that name.")
ROLE_NEEDS_LICENSE = ErrorKind("api.user.update_user_roles.license.app_error", 400, "This role needs a licence.")
DEMOTION_NEEDS_LICENSE = ErrorKind(
    "api.team.demote_user_to_guest.license.error", 501, "Making guests of users needs a licence."
)
NO_GUEST = ErrorKind("api.user.promote_guest_to_user.no_guest.app_error", 501, "The user is no guest.")
