"""Why an address is not verified."""

from mmfast.core.errors import ErrorKind

BAD_LINK = ErrorKind("api.user.verify_email.bad_link.app_error", 400, "The link is unknown or was used.")
LINK_EXPIRED = ErrorKind("api.user.verify_email.link_expired.app_error", 400, "The link is too old; ask for another.")
