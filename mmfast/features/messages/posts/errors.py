"""The errors of making, reading and deleting posts."""

from mmfast.core.errors import ErrorKind

POST_NOT_FOUND = ErrorKind("app.post.get.app_error", 404, "There is no such post.")
POST_EXISTS = ErrorKind("app.post.save.existing.app_error", 400, "A new post cannot bring an id of its own.")
POST_NOT_SAVED = ErrorKind("app.post.save.app_error", 400, "The post holds what the database cannot store.")

ROOT_INVALID = ErrorKind("api.post.create_post.root_id.app_error", 400, "The post to reply to is not there.")
ROOT_ELSEWHERE = ErrorKind(
    "api.post.create_post.channel_root_id.app_error", 400, "The post to reply to is in another channel."
)
CHANNEL_ARCHIVED = ErrorKind(
    "api.post.create_post.can_not_post_to_deleted.error", 400, "Nobody can write to an archived channel."
)
RESTRICTED_DIRECT = ErrorKind(
    "api.post.create_post.can_not_post_in_restricted_dm.error",
    400,
    "Direct messages are restricted to people of the same team.",
)
DELETE_IN_RESTRICTED = ErrorKind(
    "api.post.delete_post.can_not_delete_from_restricted_dm.error",
    400,
    "Direct messages are restricted to people of the same team.",
)
DELETE_IN_ARCHIVED = ErrorKind(
    "api.post.delete_post.can_not_delete_post_in_deleted.error", 400, "Nothing can be deleted in an archived channel."
)
PERMANENT_DELETION_OFF = ErrorKind(
    "api.post.delete_post.not_enabled.app_error", 501, "Deleting posts for good is switched off."
)

MESSAGE_TOO_LONG = ErrorKind(
    "model.post.is_valid.message_length.app_error", 400, "The message is longer than {max} characters."
)
TYPE_INVALID = ErrorKind("model.post.is_valid.type.app_error", 400, "There is no such type of post.")
PROPS_TOO_LONG = ErrorKind("model.post.is_valid.props.app_error", 400, "The props are too large.")
FILES_TOO_LONG = ErrorKind("model.post.is_valid.file_ids.app_error", 400, "A post can hold {max} files at the most.")

PRIORITY_ON_REPLY = ErrorKind(
    "api.post.post_priority.priority_post_only_allowed_for_root_post.request_error",
    400,
    "Only a post that begins a thread can have a priority.",
)
PRIORITY_OFF = ErrorKind(
    "api.post.post_priority.priority_post_not_allowed_for_user.request_error",
    403,
    "Message priority is switched off.",
)
LICENSE_NEEDED = ErrorKind("license_error.feature_unavailable", 501, "This feature needs a licence.")

TOO_MANY_IDS = ErrorKind(
    "api.post.posts_by_ids.invalid_body.request_error", 400, "At most {max} posts can be asked for at once."
)
# What a server without a licence answers.
MOVE_DISABLED = ErrorKind("api.post.move_thread.disabled.app_error", 501, "Moving threads needs a licence.")
BURN_NEEDS_LICENSE = ErrorKind(
    "api.post.fill_in_post_props.burn_on_read.license.app_error", 501, "Posts that are read once need a licence."
)
REVEAL_NOT_BURNING = ErrorKind(
    "app.reveal_post.not_burn_on_read.app_error", 400, "Only a post that is read once can be revealed."
)
REVEAL_OWN = ErrorKind(
    "api.post.reveal_post.cannot_reveal_own_post.app_error", 400, "Your own post has nothing to reveal to you."
)
BURN_NOT_BURNING = ErrorKind("app.burn_post.not_burn_on_read.app_error", 400, "Only a post that is read once can burn.")
REWRITE_FAILED = ErrorKind("app.post.rewrite.agent_call_failed", 400, "The agent could not be reached.")
