"""The errors of team memberships."""

from mmfast.core.errors import ErrorKind

NOT_IN_TEAM = ErrorKind("api.team.remove_user_from_team.missing.app_error", 400, "The user is not in this team.")
GROUPS_REFUSE = ErrorKind(
    "api.team.add_members.user_denied", 400, "The team takes only members of the groups linked to it."
)
GROUP_MANAGED = ErrorKind(
    "api.team.remove_member.group_constrained.app_error",
    400,
    "Members of this team come and go with its groups; nobody can be removed by hand.",
)
ROLE_UNKNOWN = ErrorKind("app.role.get_by_name.app_error", 400, "There is no role of this name.")
ROLE_OF_OTHER_SCHEME = ErrorKind(
    "api.channel.update_team_member_roles.scheme_role.app_error",
    400,
    "This role belongs to another scheme or scope and cannot be given here.",
)
GUEST_AND_USER_ROLES = ErrorKind(
    "api.team.update_team_member_roles.guest_and_user.app_error", 400, "A member is a user or a guest, not both."
)
GUEST_AND_USER_FLAGS = ErrorKind(
    "api.team.update_team_member_roles.user_and_guest.app_error", 400, "A member is a user or a guest, not both."
)
USER_ROLE_UNSET = ErrorKind(
    "api.team.update_team_member_roles.unset_user_scheme.app_error", 400, "A member must be a user or a guest."
)
GUEST_ROLE_CHANGES = ErrorKind(
    "api.channel.update_team_member_roles.changing_guest_role.app_error",
    400,
    "A guest becomes a user, and a user a guest, in the whole server only.",
)
GUEST_CHANGES = ErrorKind(
    "api.team.update_team_member_roles.guest.app_error",
    400,
    "A guest becomes a user, and a user a guest, in the whole server only.",
)
