"""The errors of sidebar categories."""

from mmfast.core.errors import ErrorKind

CATEGORY_INVALID = ErrorKind(
    "app.channel.sidebar_categories.app_error", 400, "The sidebar categories cannot be changed in this way."
)
