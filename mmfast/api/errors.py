"""The errors that belong to the road itself, not to a feature: sessions, parameters, sizes, unknown addresses."""

from mmfast.core.errors import ErrorKind

NOT_FOUND = ErrorKind("api.context.404.app_error", 404, "There is nothing at this address.")
SESSION_EXPIRED = ErrorKind(
    "api.context.session_expired.app_error", 401, "The session is missing or has ended; sign in again."
)
TOKEN_PROVIDED = ErrorKind("api.context.token_provided.app_error", 401, "A session token may not stand in the address.")
MFA_REQUIRED = ErrorKind("api.context.mfa_required.app_error", 401, "Multi-factor authentication must be set up first.")
INVALID_URL_PARAM = ErrorKind("api.context.invalid_url_param.app_error", 400, "The address has an invalid {name}.")
INVALID_PARAM = ErrorKind("api.context.invalid_param.app_error", 400, "The parameter {name} is invalid.")
INVALID_BODY_PARAM = ErrorKind(
    "api.context.invalid_body_param.app_error", 400, "The body has an invalid or missing {name}."
)
PAYLOAD_PARSE = ErrorKind("api.payload.parse.error", 400, "The body could not be read.")
PERMISSION = ErrorKind("api.context.permissions.app_error", 403, "You do not have the permission to do this.")
BODY_TOO_LARGE = ErrorKind(
    "api.context.request_body_too_large.app_error", 413, "The body is larger than the server accepts."
)
URL_TOO_LONG = ErrorKind(
    "basic_security_check.url.too_long_error", 414, "The address is longer than the server accepts."
)
SERVER_BUSY = ErrorKind("api.context.server_busy.app_error", 503, "The server is busy; try again later.")
INTERNAL = ErrorKind("api.internal.app_error", 500, "Something went wrong in the server; the log has the details.")
DATABASE_UNAVAILABLE = ErrorKind(
    "api.database_unavailable.app_error", 503, "The database cannot be reached at the moment."
)
