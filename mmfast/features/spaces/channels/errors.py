"""The errors of channels themselves."""

from mmfast.core.errors import ErrorKind

CHANNEL_NOT_FOUND = ErrorKind("app.channel.get.existing.app_error", 404, "There is no such channel.")
CHANNEL_NAME_NOT_FOUND = ErrorKind(
    "app.channel.get_by_name.missing.app_error", 404, "There is no channel of this name."
)
CHANNEL_EXISTS = ErrorKind(
    "store.sql_channel.save_channel.exists.app_error", 400, "A channel with this name exists already in the team."
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
