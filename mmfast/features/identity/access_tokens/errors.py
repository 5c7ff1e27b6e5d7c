"""The errors of personal access tokens."""

from mmfast.core.errors import ErrorKind

DISABLED = ErrorKind("app.user_access_token.disabled", 501, "Personal access tokens are switched off on this server.")
TOKEN_NOT_FOUND = ErrorKind("app.user_access_token.get_by_user.app_error", 404, "There is no such token.")
BAD_DESCRIPTION = ErrorKind(
    "model.user_access_token.is_valid.description.app_error", 400, "A description has at most 255 characters."
)
