"""The errors of channels themselves."""

from mmfast.core.errors import ErrorKind

CHANNEL_NOT_FOUND = ErrorKind("app.channel.get.existing.app_error", 404, "There is no such channel.")
CHANNEL_NAME_NOT_FOUND = ErrorKind(
    "app.channel.get_by_name.missing.app_error", 404, "There is no channel of this name."
)
CHANNEL_EXISTS = ErrorKind(
    "store.sql_channel.save_channel.exists.app_error", 400, "A channel with this name exists already in the team."
)
CHANNEL_HAS_ID = ErrorKind(
    "store.sql_channel.save_channel.existing.app_error", 400, "A channel that is to be made has no id yet."
)
TOO_MANY_CHANNELS = ErrorKind(
    "api.channel.create_channel.max_channel_limit.app_error", 400, "The team has as many channels as it may have."
)
DIRECT_TYPE = ErrorKind(
    "api.channel.create_channel.direct_channel.app_error", 400, "Direct channels are made at an address of their own."
)
DISPLAY_NAME_INVALID = ErrorKind(
    "model.channel.is_valid.display_name.app_error", 400, "A channel's display name has at most 64 characters."
)
NAME_CHARACTERS = ErrorKind(
    "model.channel.is_valid.1_or_more.app_error",
    400,
    "A channel name begins with a letter or digit and has only lower-case letters, digits, dashes and underscores.",
)
NAME_INVALID = ErrorKind(
    "model.channel.is_valid.name.app_error", 400, "This name has the form that direct and group channels use."
)
TYPE_INVALID = ErrorKind("model.channel.is_valid.type.app_error", 400, "A channel's type is O or P.")
HEADER_TOO_LONG = ErrorKind("model.channel.is_valid.header.app_error", 400, "A header has at most 1024 characters.")
PURPOSE_TOO_LONG = ErrorKind("model.channel.is_valid.purpose.app_error", 400, "A purpose has at most 250 characters.")
CHANNEL_TAKEN_AWAY = ErrorKind("app.channel.update.bad_id", 400, "An archived channel cannot be changed.")
CHANNEL_ARCHIVED = ErrorKind("api.channel.update_channel.deleted.app_error", 400, "The channel is archived.")
DEFAULT_CHANNEL_FIXED = ErrorKind(
    "api.channel.update_channel.tried.app_error", 400, "The name of the default channel {channel} cannot be changed."
)
TYPE_FIXED = ErrorKind(
    "api.channel.update_channel.typechange.app_error", 400, "A channel's type is changed at an address of its own."
)
NOT_IN_DIRECT = ErrorKind(
    "api.channel.patch_update_channel.forbidden.app_error", 403, "Only its people change a direct or group channel."
)
DIRECT_HAS_HEADER_ONLY = ErrorKind(
    "api.channel.patch_update_channel.update_direct_or_group_messages_not_allowed.app_error",
    400,
    "Of a direct or group channel only the header can be changed.",
)
DIRECT_NOT_REPLACED = ErrorKind(
    "api.channel.update_channel.update_direct_or_group_messages_not_allowed.app_error",
    400,
    "Of a direct or group channel only the header can be changed.",
)
DIRECT_RESTRICTED = ErrorKind(
    "api.channel.patch_update_channel.restricted_dm.app_error",
    400,
    "This server allows direct messages within a team only, and you have no team in common.",
)
NO_CHANGES = ErrorKind("api.channel.patch_update_channel.no_changes.app_error", 400, "There is nothing to change.")
TRANSLATION_UNAVAILABLE = ErrorKind(
    "api.channel.patch_update_channel.feature_not_available.app_error",
    403,
    "Translation of messages is not available on this server.",
)
BANNER_NEEDS_LICENSE = ErrorKind(
    "license_error.feature_unavailable.specific", 403, "A channel banner needs a licence that includes it."
)
DEFAULT_STAYS_PUBLIC = ErrorKind(
    "api.channel.update_channel_privacy.default_channel_error", 400, "The default channel cannot be made private."
)
DIRECT_NOT_ARCHIVED = ErrorKind(
    "api.channel.delete_channel.type.invalid", 400, "A direct or group channel cannot be archived."
)
ALREADY_ARCHIVED = ErrorKind("api.channel.delete_channel.deleted.app_error", 400, "The channel is archived already.")
DEFAULT_NOT_ARCHIVED = ErrorKind(
    "api.channel.delete_channel.cannot.app_error", 400, "The default channel {channel} cannot be archived."
)
DELETION_OFF = ErrorKind(
    "api.user.delete_channel.not_enabled.app_error", 401, "Deleting channels for good is switched off."
)
DELETION_OFF_FOR_ADMIN = ErrorKind(
    "api.user.delete_channel.not_enabled.for_admin.app_error",
    401,
    "Deleting channels for good is switched off; ServiceSettings.EnableAPIChannelDeletion allows it.",
)
NOT_ARCHIVED = ErrorKind("api.channel.restore_channel.restored.app_error", 400, "The channel is not archived.")
DIRECT_NOT_MOVED = ErrorKind("api.channel.move_channel.type.invalid", 403, "A direct or group channel has no team.")
MEMBERS_NOT_IN_TEAM = ErrorKind(
    "app.channel.move_channel.members_do_not_match.error", 400, "Some members of the channel are not in the other team."
)
SCHEME_NEEDS_LICENSE = ErrorKind(
    "api.channel.update_channel_scheme.license.error", 403, "A channel's scheme needs a licence that includes it."
)
