"""The errors of marking posts unread."""

from mmfast.core.errors import ErrorKind

NOT_A_MEMBER = ErrorKind(
    "app.channel.update_last_viewed_at_post.app_error", 404, "Only members have unread posts in a channel."
)
