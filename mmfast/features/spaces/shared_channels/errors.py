"""The errors of shared channels."""

from mmfast.core.errors import ErrorKind

SERVICE_OFF = ErrorKind(
    "api.remote_cluster.service_not_enabled.app_error", 501, "Sharing channels with other servers is switched off."
)
