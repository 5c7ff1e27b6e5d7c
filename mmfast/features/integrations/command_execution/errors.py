"""The errors of executing commands."""

from mmfast.core.errors import ErrorKind

NO_COMMAND = ErrorKind(
    "api.command.execute_command.start.app_error", 400, "A command begins with a slash and is given in a channel."
)
UNKNOWN = ErrorKind(
    "api.command.execute_command.not_found.app_error",
    404,
    'There is no command "/{trigger}". Put a space before the slash to send the text as a message.',
)
CHANNEL_ARCHIVED = ErrorKind(
    "api.command.execute_command.deleted.error", 400, "Commands cannot be executed in an archived channel."
)
RESTRICTED_DIRECT = ErrorKind(
    "api.command.execute_command.restricted_dm.error", 400, "You share no team with the other person of this channel."
)
FAILED = ErrorKind("api.command.execute_command.failed.app_error", 500, 'The command "/{trigger}" failed.')
FAILED_EMPTY = ErrorKind(
    "api.command.execute_command.failed_empty.app_error", 500, 'The command "/{trigger}" answered nothing.'
)
FAILED_STATUS = ErrorKind(
    "api.command.execute_command.failed_resp.app_error", 500, 'The command "/{trigger}" answered with status {status}.'
)
