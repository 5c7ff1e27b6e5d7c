"""The errors of channel memberships."""

from mmfast.core.errors import ErrorKind

MEMBER_NOT_FOUND = ErrorKind(
    "app.channel.get_member.missing.app_error", 404, "The user is not a member of this channel."
)
DEFAULT_CHANNEL = ErrorKind(
    "api.channel.remove.default.app_error", 400, "The default channel {channel} cannot be left."
)
TYPE_TAKES_NO_MEMBERS = ErrorKind(
    "api.channel.add_user_to_channel.type.app_error", 400, "Nobody can be added to a direct or group channel."
)
TYPE_LOSES_NO_MEMBERS = ErrorKind(
    "api.channel.remove_channel_member.type.app_error",
    400,
    "Nobody can leave or be removed from a direct or group channel.",
)
