"""Why outgoing connections are refused."""

from mmfast.core.errors import ErrorKind

UNAVAILABLE = ErrorKind(
    "api.context.outgoing_oauth_connection.not_available.configuration_disabled",
    501,
    "Outgoing OAuth connections are switched off.",
)
