"""Why compliance reports are refused."""

from mmfast.core.errors import ErrorKind

UNAVAILABLE = ErrorKind("ent.compliance.licence_disable.app_error", 501, "Compliance reports are not available.")
