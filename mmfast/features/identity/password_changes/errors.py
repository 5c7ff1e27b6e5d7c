"""Why a password is not changed."""

from mmfast.core.errors import ErrorKind

NOT_PERMITTED = ErrorKind("api.user.update_password.context.app_error", 403, "You may not change this password.")
INCORRECT = ErrorKind("api.user.update_password.incorrect.app_error", 400, "The current password is wrong.")
HASHED_BY_USER = ErrorKind(
    "api.user.update_password.user_and_hashed.app_error", 401, "Only administrators may set a password as a hash."
)
OTHER_SERVICE = ErrorKind(
    "api.user.update_password.oauth.app_error", 400, "The account signs in through another service; it has no password."
)
BAD_HASH = ErrorKind("api.user.update_password.password_hash.app_error", 400, "This is not the hash of a password.")
RESET_OTHER_SERVICE = ErrorKind(
    "api.user.send_password_reset.sso.app_error", 400, "The account signs in through another service; reset it there."
)
RESET_SSO = ErrorKind(
    "api.user.reset_password.sso.app_error", 400, "The account signs in through another service; reset it there."
)
INVALID_LINK = ErrorKind("api.user.reset_password.invalid_link.app_error", 400, "The link is unknown or was used.")
LINK_EXPIRED = ErrorKind("api.user.reset_password.link_expired.app_error", 400, "The link is too old; ask for another.")
