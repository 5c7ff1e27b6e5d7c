"""The errors of teams and team memberships."""

from mmfast.core.errors import ErrorKind

TEAM_NOT_FOUND = ErrorKind("app.team.get.find.app_error", 404, "There is no such team.")
TEAM_NAME_NOT_FOUND = ErrorKind("app.team.get_by_name.missing.app_error", 404, "There is no team of this name.")
MEMBER_NOT_FOUND = ErrorKind("app.team.get_member.missing.app_error", 404, "The user is not a member of this team.")
TEAM_EXISTS = ErrorKind(
    "store.sql_team.save_team.existing.app_error", 400, "A team with this name or id exists already."
)
NAME_RESERVED = ErrorKind("model.team.is_valid.reserved.app_error", 400, "This team name is reserved; choose another.")
NAME_CHARACTERS = ErrorKind(
    "model.team.is_valid.characters.app_error",
    400,
    "A team name has two or more lower-case letters, digits and dashes.",
)
NAME_LENGTH = ErrorKind("model.team.is_valid.url.app_error", 400, "A team name has at most 64 characters.")
DISPLAY_NAME_INVALID = ErrorKind(
    "model.team.is_valid.name.app_error", 400, "A team's display name has 1 to 64 characters."
)
DESCRIPTION_TOO_LONG = ErrorKind(
    "model.team.is_valid.description.app_error", 400, "A description has at most 255 characters."
)
COMPANY_TOO_LONG = ErrorKind("model.team.is_valid.company.app_error", 400, "A company name has at most 64 characters.")
DOMAINS_TOO_LONG = ErrorKind(
    "model.team.is_valid.domains.app_error", 400, "Allowed domains have at most 500 characters."
)
TYPE_INVALID = ErrorKind("model.team.is_valid.type.app_error", 400, "A team's type is O or I.")
MEMBER_BODY_INVALID = ErrorKind(
    "api.team.add_team_member.invalid_body.app_error", 400, "The body names no member to add."
)
USER_MISSING = ErrorKind("api.team.user.missing_account", 404, "There is no such user.")
TEAM_FULL = ErrorKind(
    "app.team.join_user_to_team.max_accounts.app_error", 400, "The team has as many members as it may have."
)
DELETION_NOT_ENABLED = ErrorKind(
    "api.user.delete_team.not_enabled.app_error", 401, "Deleting teams for good is not enabled on this server."
)
DELETION_NOT_ENABLED_FOR_ADMIN = ErrorKind(
    "api.user.delete_team.not_enabled.for_admin.app_error",
    401,
    "Deleting teams for good is not enabled: see ServiceSettings.EnableAPITeamDeletion.",
)
SCHEME_UNLICENSED = ErrorKind(
    "api.team.update_team_scheme.license.error", 501, "Schemes are not part of this server's licence."
)
CREATOR_NOT_ALLOWED = ErrorKind(
    "api.team.is_team_creation_allowed.domain.app_error",
    400,
    "The team, or the server, takes accounts of certain e-mail domains only; yours is of another.",
)
DOMAIN_NOT_ALLOWED = ErrorKind(
    "api.team.update_restricted_domains.mismatch.app_error",
    400,
    "The server takes no accounts of {domain}, so that the team cannot either.",
)
EMAIL_NOT_ALLOWED = ErrorKind(
    "api.team.join_user_to_team.allowed_domains.app_error",
    400,
    "This team takes accounts of certain e-mail domains only.",
)
