"""Why a receipt is refused."""

from mmfast.core.errors import ErrorKind

UNREADABLE = ErrorKind("api.push_notifications_ack.message.parse.app_error", 400, "The receipt cannot be read.")
PUSH_DISABLED = ErrorKind("api.push_notification.disabled.app_error", 501, "Push notifications are switched off.")
NOT_FORWARDED = ErrorKind(
    "api.push_notifications_ack.forward.app_error", 500, "The push server did not take the receipt."
)
