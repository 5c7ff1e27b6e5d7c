"""The errors of managing custom commands."""

from mmfast.core.errors import ErrorKind

DISABLED = ErrorKind("api.command.disabled.app_error", 501, "Custom commands are switched off.")
COMMAND_NOT_FOUND = ErrorKind("store.sql_command.save.get.app_error", 404, "There is no such command.")
OTHER_TEAM = ErrorKind("api.command.team_mismatch.app_error", 400, "A command changes its team by being moved.")
TRIGGER_TAKEN = ErrorKind("api.command.duplicate_trigger.app_error", 400, "Another command has this trigger already.")
CREATOR_NOT_PERMITTED = ErrorKind(
    "api.command.move_command.creator_no_permission.app_error",
    403,
    "The command's creator may not have commands in that team.",
)
NOT_CREATED = ErrorKind("app.command.createcommand.internal_error", 500, "The command could not be saved.")
NOT_UPDATED = ErrorKind("app.command.updatecommand.internal_error", 500, "The command could not be saved.")
BAD_TRIGGER = ErrorKind(
    "model.command.is_valid.trigger.app_error", 400, "A trigger has 1 to 128 characters, no blanks, and no slash first."
)
BAD_METHOD = ErrorKind("model.command.is_valid.method.app_error", 400, "The method is P (POST) or G (GET).")
BAD_URL = ErrorKind("model.command.is_valid.url.app_error", 400, "An address has 1 to 1,024 characters.")
BAD_URL_SCHEME = ErrorKind(
    "model.command.is_valid.url_http.app_error", 400, "The address must begin with http:// or https://."
)
BAD_DISPLAY_NAME = ErrorKind(
    "model.command.is_valid.display_name.app_error", 400, "A display name has at most 64 characters."
)
BAD_DESCRIPTION = ErrorKind(
    "model.command.is_valid.description.app_error", 400, "A description has at most 128 characters."
)
