"""The errors of reading threads."""

from mmfast.core.errors import ErrorKind

OTHER_THREAD = ErrorKind(
    "app.user.update_thread_read_for_user_by_post.app_error", 400, "The post is not one of the thread."
)
