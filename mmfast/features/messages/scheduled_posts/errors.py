"""What a server without a licence answers."""

from mmfast.core.errors import ErrorKind

DISABLED = ErrorKind("api.scheduled_posts.feature_disabled", 400, "Scheduled posts are switched off.")
LICENSE_NEEDED = ErrorKind("api.scheduled_posts.license_error", 400, "Scheduled posts need a licence.")
