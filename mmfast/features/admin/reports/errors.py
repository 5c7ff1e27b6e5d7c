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
BAD_CURSOR = ErrorKind("model.post.decode_cursor.invalid_base64", 400, "The cursor is none that the server gave out.")
NO_POSTS = ErrorKind("app.post.get_posts_for_reporting.license_error", 400, "The report of posts is not available.")
