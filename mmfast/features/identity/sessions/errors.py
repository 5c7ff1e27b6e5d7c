"""The errors of sessions."""

from mmfast.core.errors import ErrorKind

SESSION_NOT_FOUND = ErrorKind("app.session.get.app_error", 400, "There is no such session.")
