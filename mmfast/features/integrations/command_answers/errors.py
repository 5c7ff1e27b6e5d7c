"""Why a command's answer goes nowhere. Who answers later learns no more than that it did not work."""

from mmfast.core.errors import ErrorKind

NOT_POSTED = ErrorKind(
    "api.command.execute_command.create_post_failed.app_error", 500, "The command's answer could not be posted."
)
UNREADABLE = ErrorKind("web.command_webhook.parse.app_error", 400, "The answer could not be read.")
REFUSED = ErrorKind("web.command_webhook.general.app_error", 400, "The answer could not be taken.")
NO_SUCH_ADDRESS = ErrorKind("web.command_webhook.general.app_error", 404, "The answer could not be taken.")
