"""Why connections to other servers are refused."""

from mmfast.core.errors import ErrorKind

UNAVAILABLE = ErrorKind(
    "api.remote_cluster.service_not_enabled.app_error", 501, "Connections to other servers are not available."
)
