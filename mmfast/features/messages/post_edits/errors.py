"""The errors of changing posts."""

from mmfast.core.errors import ErrorKind

UPDATE_IN_ARCHIVED = ErrorKind(
    "api.post.update_post.can_not_update_post_in_deleted.error", 400, "Nothing can be changed in an archived channel."
)
PATCH_IN_ARCHIVED = ErrorKind(
    "api.post.patch_post.can_not_update_post_in_deleted.error", 400, "Nothing can be changed in an archived channel."
)
UPDATE_IN_RESTRICTED = ErrorKind(
    "api.post.update_post.can_not_update_post_in_restricted_dm.error",
    400,
    "Direct messages are restricted to people of the same team.",
)
PATCH_IN_RESTRICTED = ErrorKind(
    "api.post.patch_post.can_not_update_post_in_restricted_dm.error",
    400,
    "Direct messages are restricted to people of the same team.",
)
SYSTEM_MESSAGE = ErrorKind(
    "api.post.update_post.system_message.app_error", 400, "What the server wrote cannot be changed."
)
TOO_LATE = ErrorKind(
    "api.post.update_post.permissions_time_limit.app_error", 400, "A message can be changed for {limit} seconds only."
)
NOT_A_VERSION = ErrorKind(
    "app.post.restore_post_version.not_an_history_item.app_error", 400, "That is no earlier version of this post."
)
