"""What a request for a feature may be refused for."""

from mmfast.core.errors import ErrorKind

NOT_SAVED = ErrorKind("app.notify_admin.save.app_error", 400, "The request must name a plan and a feature.")
"""The reference answers 500 here; the fault is the caller's."""
ASKED_ALREADY = ErrorKind(
    "api.cloud.notify_admin_to_upgrade_error.already_notified", 403, "You have asked for this already."
)
NOT_TOLD = ErrorKind(
    "app.notify_admin.send_notification_post.app_error", 501, "There is no way to tell the administrators here."
)
