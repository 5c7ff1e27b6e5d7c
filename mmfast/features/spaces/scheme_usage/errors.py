"""The errors of asking who uses a scheme."""

from mmfast.core.errors import ErrorKind

NOT_A_TEAM_SCHEME = ErrorKind(
    "api.scheme.get_teams_for_scheme.scope.error", 400, "The scheme is not one for teams, so no team uses it."
)
NOT_A_CHANNEL_SCHEME = ErrorKind(
    "api.scheme.get_channels_for_scheme.scope.error", 400, "The scheme is not one for channels, so no channel uses it."
)
