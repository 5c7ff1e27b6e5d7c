"""The errors of reactions."""

from mmfast.core.errors import ErrorKind

INVALID = ErrorKind("api.reaction.save_reaction.invalid.app_error", 400, "The reaction is not complete.")
OTHER_USER = ErrorKind("api.reaction.save_reaction.user_id.app_error", 403, "One reacts in one's own name only.")
SAVE_IN_ARCHIVED = ErrorKind(
    "api.reaction.save.archived_channel.app_error", 403, "Nobody can react in an archived channel."
)
DELETE_IN_ARCHIVED = ErrorKind(
    "api.reaction.delete.archived_channel.app_error", 403, "Nobody can take reactions back in an archived channel."
)
SAVE_IN_RESTRICTED = ErrorKind(
    "api.reaction.save.restricted_dm.error", 400, "Direct messages are restricted to people of the same team."
)
DELETE_IN_RESTRICTED = ErrorKind(
    "api.reaction.delete.restricted_dm.error", 400, "Direct messages are restricted to people of the same team."
)
TOO_MANY = ErrorKind(
    "app.reaction.save.save.too_many_reactions", 400, "A post can have reactions with {max} different emojis."
)
