"""Why a login is refused. Most reasons are told to nobody: see `service.VISIBLE`."""

from mmfast.core.errors import ErrorKind

BLANK_PASSWORD = ErrorKind("api.user.login.blank_pwd.app_error", 400, "The password must not be empty.")
BAD_CREDENTIALS = ErrorKind(
    "api.user.login.invalid_credentials_email_username", 401, "The name or email address or the password is wrong."
)
BAD_USERNAME_CREDENTIALS = ErrorKind(
    "api.user.login.invalid_credentials_username", 401, "The username or the password is wrong."
)
BAD_EMAIL_CREDENTIALS = ErrorKind(
    "api.user.login.invalid_credentials_email", 401, "The email address or the password is wrong."
)
INACTIVE = ErrorKind("api.user.login.inactive.app_error", 401, "This account is switched off; ask an administrator.")
BOT = ErrorKind("api.user.login.bot_login_forbidden.app_error", 401, "Bots do not log in; they use access tokens.")
REMOTE_USER = ErrorKind(
    "api.user.login.remote_users.login.error", 401, "Users of a connected server log in there, not here."
)
GUESTS_DISABLED = ErrorKind(
    "api.user.login.guest_accounts.disabled.error", 401, "Guest accounts are switched off on this server."
)
TOO_MANY_ATTEMPTS = ErrorKind(
    "api.user.check_user_login_attempts.too_many.app_error",
    401,
    "The account is locked after too many wrong passwords; an administrator or a new password frees it.",
)
WRONG_PASSWORD = ErrorKind("api.user.check_user_password.invalid.app_error", 401, "The password is wrong.")
NOT_VERIFIED = ErrorKind(
    "api.user.login.not_verified.app_error", 401, "The email address is not verified yet; follow the link in the mail."
)
USE_AUTH_SERVICE = ErrorKind(
    "api.user.login.use_auth_service.app_error", 401, "This account signs in through {service}."
)
CLOUD_UNLICENSED = ErrorKind("api.user.login_cws.license.error", 401, "This login is for the cloud only.")
CODE_EXCHANGE_GONE = ErrorKind(
    "api.user.login_sso_code_exchange.deprecated.app_error", 410, "This way to sign in is no longer offered."
)
INTUNE_UNAVAILABLE = ErrorKind(
    "api.user.login_by_intune.not_available.app_error", 501, "Signing in through Intune is not available."
)
DESKTOP_TOKEN_INVALID = ErrorKind(
    "app.desktop_token.validate.invalid", 401, "The login of the desktop app is unknown or took too long."
)
DESKTOP_TOKEN_NO_USER = ErrorKind("app.desktop_token.validate.no_user", 500, "The user of this login is not there.")
NOT_AN_SSO_USER = ErrorKind(
    "api.user.login_with_desktop_token.not_oauth_or_saml_user.app_error",
    400,
    "This login is for accounts of another sign-in service.",
)
RESET_NOT_PERMITTED = ErrorKind(
    "api.user.reset_password_failed_attempts.permissions.app_error", 403, "You may not free locked accounts."
)
RESET_EMAIL_ONLY = ErrorKind(
    "api.user.reset_password_failed_attempts.ldap_and_email_only.app_error",
    400,
    "Only accounts that sign in with a password can be locked.",
)
OAUTH_UNSUPPORTED = ErrorKind(
    "api.user.authorize_oauth_user.unsupported.app_error", 501, "Signing in through {service} is not available."
)
TO_LDAP_UNAVAILABLE = ErrorKind("api.user.email_to_ldap.not_available.app_error", 501, "LDAP is not available.")
NOT_OAUTH_ACCOUNT = ErrorKind(
    "api.user.oauth_to_email.not_oauth_user.app_error", 400, "The account does not sign in through that service."
)
NOT_OWN_ACCOUNT = ErrorKind(
    "api.user.oauth_to_email.context.app_error", 403, "You can only switch the account that you are signed in with."
)
NOT_LDAP_ACCOUNT = ErrorKind(
    "api.user.ldap_to_email.not_ldap_account.app_error", 400, "The account does not sign in through LDAP."
)
FROM_LDAP_UNAVAILABLE = ErrorKind("api.user.ldap_to_email.not_available.app_error", 501, "LDAP is not available.")
