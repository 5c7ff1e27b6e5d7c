"""The errors of bots."""

from mmfast.core.errors import ErrorKind

BOT_NOT_FOUND = ErrorKind("store.sql_bot.get.missing.app_error", 404, "There is no such bot.")
CREATION_DISABLED = ErrorKind("api.bot.create_disabled", 403, "Making bots is switched off on this server.")
BAD_USERNAME = ErrorKind(
    "model.bot.is_valid.username.app_error",
    400,
    "A bot's name has 1 to 64 small letters, digits, dots, dashes and underscores.",
)
BAD_DISPLAY_NAME = ErrorKind("model.bot.is_valid.user_id.app_error", 400, "A display name has at most 64 characters.")
BAD_DESCRIPTION = ErrorKind(
    "model.bot.is_valid.description.app_error", 400, "A description has at most 1024 characters."
)
ALREADY_A_BOT = ErrorKind("app.bot.createbot.internal_error", 400, "This user is a bot already.")
