"""What reports refuse."""

from mmfast.core.errors import ErrorKind

BAD_PAGE_SIZE = ErrorKind("api.getUsersForReporting.invalid_page_size", 400, "A page holds from 1 to 100 users.")
BAD_TEAM = ErrorKind("api.getUsersForReporting.invalid_team_filter", 400, "The team's id is invalid.")
BAD_ACTIVITY = ErrorKind(
    "api.getUsersForReporting.invalid_active_filter", 400, "Active and inactive users cannot both be hidden."
)
BAD_COLUMN = ErrorKind(
    "model.user_report_options.is_valid.invalid_sort_column", 400, "The report cannot be sorted by this."
)
NO_EXPORT = ErrorKind(
    "app.report.start_users_batch_export.license_error", 400, "The report of users cannot be exported."
)
BAD_CHANNEL = ErrorKind("model.post.query_params.invalid_channel_id", 400, "The channel's id is invalid.")
BAD_TIME_FIELD = ErrorKind("model.post.query_params.invalid_time_field", 400, "Posts have no such time.")
BAD_DIRECTION = ErrorKind("model.post.query_params.invalid_sort_direction", 400, "Posts come ascending or descending.")
BAD_CURSOR_POST = ErrorKind("model.post.query_params.invalid_cursor_id", 400, "The cursor names no post.")
BAD_CURSOR = ErrorKind("model.post.decode_cursor.invalid_base64", 400, "The cursor is none that the server gave out.")
BAD_CURSOR_PARTS = ErrorKind("model.post.decode_cursor.invalid_format", 400, "The cursor lacks parts.")
BAD_CURSOR_VERSION = ErrorKind("model.post.decode_cursor.invalid_version", 400, "The cursor has no version.")
OTHER_CURSOR_VERSION = ErrorKind(
    "model.post.decode_cursor.unsupported_version", 400, "The cursor is of a version that this server does not know."
)
BAD_CURSOR_DELETED = ErrorKind(
    "model.post.decode_cursor.invalid_include_deleted", 400, "The cursor does not tell whether deleted posts count."
)
BAD_CURSOR_SYSTEM = ErrorKind(
    "model.post.decode_cursor.invalid_exclude_system_posts",
    400,
    "The cursor does not tell whether the server's own posts count.",
)
BAD_CURSOR_TIME = ErrorKind("model.post.decode_cursor.invalid_timestamp", 400, "The cursor has no time.")
NO_POSTS = ErrorKind("app.post.get_posts_for_reporting.license_error", 400, "The report of posts is not available.")
