"""Why address filters are refused."""

from mmfast.core.errors import ErrorKind

UNAVAILABLE = ErrorKind("api.context.ip_filtering.not_available.app_error", 501, "Address filters are not available.")
