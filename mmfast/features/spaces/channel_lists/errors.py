"""The errors of lists of channels."""

from mmfast.core.errors import ErrorKind

NONE_FOUND = ErrorKind("app.channel.get_channels.not_found.app_error", 404, "The user is in no channels.")
NONE_BY_IDS = ErrorKind(
    "app.channel.get_channels_by_ids.not_found.app_error", 404, "None of these is a public channel of the team."
)
