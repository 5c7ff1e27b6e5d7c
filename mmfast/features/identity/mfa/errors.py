"""The errors of two-factor authentication."""

from mmfast.core.errors import ErrorKind

MFA_DISABLED = ErrorKind("mfa.mfa_disabled.app_error", 501, "Two-factor authentication is switched off on this server.")
BAD_CODE_TO_ACTIVATE = ErrorKind("mfa.activate.bad_token.app_error", 401, "The code is not right.")
CODE_NEEDED = ErrorKind("mfa.validate_token.authenticate.app_error", 401, "A code of the authenticator is needed.")
BAD_CODE = ErrorKind("api.user.check_user_mfa.bad_code.app_error", 401, "The code is not right or was used before.")
NOT_FOR_SSO = ErrorKind(
    "api.user.activate_mfa.email_and_ldap_only.app_error",
    400,
    "Two-factor authentication is for accounts that sign in with a password.",
)
