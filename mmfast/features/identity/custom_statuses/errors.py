"""The errors of custom statuses."""

from mmfast.core.errors import ErrorKind

DISABLED = ErrorKind("api.custom_status.disabled", 501, "Custom statuses are switched off on this server.")
NOT_RECENT = ErrorKind(
    "api.custom_status.recent_custom_statuses.delete.app_error", 400, "This is not one of the recent custom statuses."
)
EMOJI_NOT_FOUND = ErrorKind(
    "api.custom_status.set_custom_statuses.emoji_not_found", 400, "There is no emoji of this name."
)
