"""The errors of statuses."""

from mmfast.core.errors import ErrorKind

NOT_FOUND = ErrorKind("api.status.user_not_found.app_error", 404, "There is no status of this user.")
