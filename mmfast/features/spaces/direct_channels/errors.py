"""The errors of direct and group channels."""

from mmfast.core.errors import ErrorKind

USER_UNKNOWN = ErrorKind("api.channel.create_direct_channel.invalid_user.app_error", 400, "There is no such user.")
NO_COMMON_TEAM = ErrorKind(
    "api.channel.create_channel.direct_channel.team_restricted_error",
    403,
    "This server allows direct messages within a team only, and you have no team in common.",
)
GROUP_SIZE = ErrorKind("api.channel.create_group.bad_size.app_error", 400, "A group has three to eight people.")
GROUP_USER_UNKNOWN = ErrorKind("api.channel.create_group.bad_user.app_error", 400, "One of the people does not exist.")
GUESTS_CONVERT_NOTHING = ErrorKind(
    "api.channel.gm_to_channel_conversion.not_allowed_for_user.request_error", 403, "Guests cannot convert a group."
)
TEAM_NOT_COMMON = ErrorKind(
    "app.channel.group_message_conversion.incorrect_team", 400, "Not all of the group are in this team."
)
NOT_A_GROUP = ErrorKind(
    "app.channel.get_common_teams.incorrect_channel_type", 400, "This can be asked of group channels only."
)
