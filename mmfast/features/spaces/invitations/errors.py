"""What an invitation may be refused for."""

from mmfast.core.errors import ErrorKind

UNKNOWN_INVITE_ID = ErrorKind("app.team.get_by_invite_id.finding.app_error", 404, "This invitation is not known.")
NOT_OPEN = ErrorKind("api.team.get_invite_info.not_open_team", 403, "This team takes members by other ways only.")
SWITCHED_OFF = ErrorKind("api.team.invite_members.disabled.app_error", 501, "Invitations by mail are switched off.")
BAD_BODY = ErrorKind(
    "api.team.invite_members_to_team_and_channels.invalid_body.app_error", 400, "The body could not be read."
)
EMAIL_NOT_ACCEPTED = ErrorKind(
    "api.team.invite_members.invalid_email.app_error", 400, "Email addresses of this domain are not accepted here."
)
EMAIL_NOT_ACCEPTED_AT_SIGNUP = EMAIL_NOT_ACCEPTED.same_with(403)
NOT_SENT = ErrorKind(
    "api.team.invite_members.unable_to_send_email.app_error", 500, "The mail could not be sent; is sending set up?"
)
GUESTS_NEED_LICENSE = ErrorKind(
    "api.team.invite_guests_to_channels.license.error", 501, "Inviting guests needs a licence."
)
NOTHING_GIVEN = ErrorKind(
    "api.team.add_user_to_team.missing_parameter.app_error", 400, "Joining needs an invite id or a token."
)
LINK_UNKNOWN = ErrorKind(
    "api.user.create_user.signup_link_invalid.app_error", 400, "This invitation is unknown or was used already."
)
LINK_EXPIRED = ErrorKind("api.user.create_user.signup_link_expired.app_error", 400, "This invitation has expired.")
OTHER_EMAIL = ErrorKind(
    "api.user.create_user.bad_token_email_data.app_error", 400, "This invitation was sent to another email address."
)
GUESTS_CANNOT_JOIN = ErrorKind(
    "api.team.add_user_to_team_from_invite.guest.app_error", 403, "Guests join teams only when they are added."
)
GROUPS_ONLY = ErrorKind(
    "app.team.invite_id.group_constrained.error", 403, "This team takes its members from groups only."
)
