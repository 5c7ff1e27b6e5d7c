"""The errors of the licence routes."""

from mmfast.core.errors import ErrorKind

OLD_FORMAT = ErrorKind("api.license.client.old_format.app_error", 400, "Only the old format of the licence is served.")
NO_FILE = ErrorKind("api.license.add_license.no_file.app_error", 400, "The request holds no file called license.")
NOT_TAKEN = ErrorKind(
    "api.license.add_license.invalid.app_error", 400, "This server needs no licence and cannot read this file."
)
NEEDS_UPGRADE = ErrorKind("api.license.upgrade_needed.app_error", 403, "This server has no trial licences.")
