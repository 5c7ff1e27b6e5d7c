"""What making, reading and changing accounts may be refused for."""

from mmfast.core.errors import ErrorKind

NO_SUCH_USER = ErrorKind("app.user.missing_account.const", 404, "There is no such user.")
NO_SUCH_USER_TO_CHANGE = NO_SUCH_USER.same_with(400)
NO_SUCH_USERNAME = ErrorKind("app.user.get_by_username.app_error", 404, "There is no user of that name.")
EMAIL_HIDDEN = ErrorKind(
    "api.user.get_user_by_email.permissions.app_error", 403, "You may not find users by their email address."
)

ID_GIVEN = ErrorKind("app.user.save.existing.app_error", 400, "A new account cannot bring its own id.")
EMAIL_TAKEN = ErrorKind("app.user.save.email_exists.app_error", 400, "Another account has this email address.")
USERNAME_TAKEN = ErrorKind("app.user.save.username_exists.app_error", 400, "Another account has this username.")
AUTH_DATA_TAKEN = ErrorKind(
    "app.user.update_auth_data.email_exists.app_error", 400, "Another account signs in with these data."
)

BAD_USERNAME = ErrorKind(
    "model.user.is_valid.username.app_error",
    400,
    "A username has 1 to 64 small letters, digits, dots, dashes and underscores, and is not one of the reserved words.",
)
BAD_EMAIL = ErrorKind("model.user.is_valid.email.app_error", 400, "This is no valid email address.")
BAD_NICKNAME = ErrorKind("model.user.is_valid.nickname.app_error", 400, "The nickname is too long.")
BAD_FIRST_NAME = ErrorKind("model.user.is_valid.first_name.app_error", 400, "The first name is too long.")
BAD_LAST_NAME = ErrorKind("model.user.is_valid.last_name.app_error", 400, "The last name is too long.")
BAD_POSITION = ErrorKind("model.user.is_valid.position.app_error", 400, "The position is too long.")
BAD_LOCALE = ErrorKind("model.user.is_valid.locale.app_error", 400, "This language is not known.")
BAD_ROLES = ErrorKind("model.user.is_valid.roles_limit.app_error", 400, "The roles are too long.")
AUTH_DATA_TOO_LONG = ErrorKind("model.user.is_valid.auth_data.app_error", 400, "The sign-in data are too long.")
AUTH_DATA_AND_PASSWORD = ErrorKind(
    "model.user.is_valid.auth_data_pwd.app_error", 400, "An account of another sign-in service cannot have a password."
)
AUTH_DATA_WITHOUT_SERVICE = ErrorKind(
    "model.user.is_valid.auth_data_type.app_error", 400, "Sign-in data need the service that they belong to."
)

SIGNUP_OFF = ErrorKind(
    "api.user.create_user.signup_email_disabled.app_error", 501, "Signing up with an email address is switched off."
)
NOT_OPEN = ErrorKind("api.user.create_user.no_open_server", 403, "This server takes new accounts by invitation only.")
EMAIL_DOMAIN = ErrorKind(
    "api.user.create_user.accepted_domain.app_error", 400, "Email addresses of this domain are not accepted here."
)
EMAIL_DOMAIN_OF_CHANGE = ErrorKind(
    "api.user.update_user.accepted_domain.app_error", 400, "Email addresses of this domain are not accepted here."
)
INVITATION_UNKNOWN = ErrorKind(
    "api.user.create_user.signup_link_invalid.app_error", 404, "This invitation is unknown or was used already."
)
BAD_AUTH_CHANGE = ErrorKind(
    "api.user.update_user_auth.invalid_request", 400, "The sign-in service and its data must both be given."
)
LAST_ADMIN = ErrorKind("app.user.update.lastAdmin.app_error", 400, "The last administrator cannot step down.")
NOT_ON_OPEN_SERVER = ErrorKind("<untranslated>", 400, "This list makes no sense on an open server.")
"""The reference answers with an id that it forgot to translate; clients may know it."""
