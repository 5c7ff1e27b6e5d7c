"""The errors of roles and permissions."""

from mmfast.api.errors import PERMISSION
from mmfast.core.errors import ErrorKind

__all__ = [
    "INVALID_ROLE",
    "LICENSE_NEEDED",
    "NOT_ALLOWED_PERMISSION",
    "PERMISSION",
    "ROLE_NAME_NOT_FOUND",
    "ROLE_NOT_FOUND",
    "TOO_MANY_NAMES",
]

ROLE_NOT_FOUND = ErrorKind("app.role.get.app_error", 404, "There is no such role.")
ROLE_NAME_NOT_FOUND = ErrorKind("app.role.get_by_name.app_error", 404, "There is no role of that name.")
INVALID_ROLE = ErrorKind("app.role.save.invalid_role.app_error", 400, "The role is not valid.")
TOO_MANY_NAMES = ErrorKind(
    "api.roles.get_multiple_by_name_too_many.request_error", 400, "At most {max} role names can be asked for at once."
)
NOT_ALLOWED_PERMISSION = ErrorKind(
    "api.roles.patch_roles.not_allowed_permission.error", 501, "These permissions cannot be given or taken: {names}."
)
LICENSE_NEEDED = ErrorKind("api.roles.patch_roles.license.error", 501, "Changing this role needs a licence.")
