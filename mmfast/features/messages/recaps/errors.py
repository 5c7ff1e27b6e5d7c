"""Why recaps are refused."""

from mmfast.core.errors import ErrorKind

UNAVAILABLE = ErrorKind("api.recap.disabled.app_error", 501, "Recaps are not available.")
