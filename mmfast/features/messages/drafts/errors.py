"""The errors of drafts."""

from mmfast.core.errors import ErrorKind

DISABLED = ErrorKind("api.drafts.disabled.app_error", 501, "Drafts are not kept on this server.")
CHANNEL_ARCHIVED = ErrorKind(
    "api.draft.create_draft.can_not_draft_to_deleted.error", 400, "Nobody can write to an archived channel."
)
RESTRICTED_DIRECT = ErrorKind(
    "api.draft.create_draft.can_not_draft_to_restricted_dm.error",
    400,
    "Direct messages are restricted to people of the same team.",
)
ROOT_INVALID = ErrorKind("model.draft.is_valid.root_id.app_error", 400, "The id of the post to reply to is invalid.")
MESSAGE_TOO_LONG = ErrorKind(
    "model.draft.is_valid.message_length.app_error", 400, "The message is longer than {max} characters."
)
PROPS_TOO_LONG = ErrorKind("model.draft.is_valid.props.app_error", 400, "The props are too large.")
FILES_TOO_LONG = ErrorKind("model.draft.is_valid.file_ids.app_error", 400, "A draft can hold {max} files at the most.")
