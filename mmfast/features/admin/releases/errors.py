"""Why the server does not change itself."""

from mmfast.core.errors import ErrorKind

NO_UPGRADE = ErrorKind(
    "api.upgrade_to_enterprise.system_not_supported.app_error", 403, "This server comes in one edition only."
)
UNKNOWN = ErrorKind(
    "api.latest_version.unknown.app_error", 404, "This server does not ask elsewhere for its latest release."
)
"""Our own id: the reference has no text for it."""
