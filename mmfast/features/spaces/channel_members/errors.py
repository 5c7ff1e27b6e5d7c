"""The errors of channel memberships."""

from mmfast.core.errors import ErrorKind

MEMBER_NOT_FOUND = ErrorKind(
    "app.channel.get_member.missing.app_error", 404, "The user is not a member of this channel."
)
DEFAULT_CHANNEL = ErrorKind("api.channel.remove.default.app_error", 400, "The channel {channel} cannot be left.")
TYPE_TAKES_NO_MEMBERS = ErrorKind(
    "api.channel.add_user_to_channel.type.app_error", 400, "Nobody can be added to a direct or group channel."
)
TYPE_LOSES_NO_MEMBERS = ErrorKind(
    "api.channel.remove_channel_member.type.app_error",
    400,
    "Nobody can leave or be removed from a direct or group channel.",
)
USER_DEACTIVATED = ErrorKind("app.channel.add_member.deleted_user.app_error", 403, "The account is switched off.")
LEFT_TEAM = ErrorKind(
    "api.channel.add_user.to.channel.failed.deleted.app_error", 400, "The user has left the channel's team."
)
GROUPS_REFUSE = ErrorKind(
    "api.channel.add_members.user_denied", 400, "The channel takes only members of the groups linked to it."
)
GROUP_MANAGED = ErrorKind(
    "api.channel.remove_member.group_constrained.app_error",
    400,
    "Members of this channel come and go with its groups; nobody can be removed by hand.",
)
THREAD_NOT_FOUND = ErrorKind("app.post.get.app_error", 404, "There is no such post.")
ROLE_UNKNOWN = ErrorKind("app.role.get_by_name.app_error", 400, "There is no role of this name.")
ROLE_OF_OTHER_SCHEME = ErrorKind(
    "api.channel.update_channel_member_roles.scheme_role.app_error",
    400,
    "This role belongs to another scheme or scope and cannot be given here.",
)
GUEST_AND_USER_ROLES = ErrorKind(
    "api.channel.update_channel_member_roles.guest_and_user.app_error", 400, "A member is a user or a guest, not both."
)
GUEST_AND_USER_FLAGS = ErrorKind(
    "api.channel.update_channel_member_roles.user_and_guest.app_error", 400, "A member is a user or a guest, not both."
)
USER_ROLE_UNSET = ErrorKind(
    "api.channel.update_channel_member_roles.unset_user_scheme.app_error", 400, "A member must be a user or a guest."
)
GUEST_FIXED = ErrorKind(
    "api.channel.update_channel_member_roles.guest.app_error", 400, "A guest's roles cannot be changed in this way."
)
GUEST_CHANGES = ErrorKind(
    "api.channel.update_channel_member_roles.changing_guest_role.app_error",
    400,
    "A guest becomes a user, and a user a guest, in the whole server only.",
)
TRANSLATION_UNAVAILABLE = ErrorKind(
    "api.channel.update_channel_member_autotranslation.feature_not_available.app_error",
    403,
    "Translation of messages is not available on this server.",
)
