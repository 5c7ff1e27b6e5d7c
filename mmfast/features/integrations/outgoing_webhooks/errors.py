"""The errors of outgoing webhooks."""

from mmfast.core.errors import ErrorKind

DISABLED = ErrorKind("api.outgoing_webhook.disabled.app_error", 501, "Outgoing webhooks are switched off.")
NOT_PUBLIC = DISABLED.same_with(403)
HOOK_NOT_FOUND = ErrorKind("app.webhooks.get_outgoing.app_error", 404, "There is no such outgoing webhook.")
HOOK_EXISTS = ErrorKind("app.webhooks.save_outgoing.override.app_error", 400, "A new webhook gets its id here.")
OTHER_TEAM = ErrorKind("api.webhook.team_mismatch.app_error", 400, "A webhook stays in its team.")
CHANNEL_ELSEWHERE = ErrorKind(
    "api.webhook.create_outgoing.permissions.app_error", 403, "The channel does not belong to the team."
)
CHANNEL_NOT_PUBLIC = ErrorKind(
    "api.webhook.create_outgoing.not_open.app_error", 403, "Outgoing webhooks are for public channels."
)
NO_TRIGGERS = ErrorKind(
    "api.webhook.create_outgoing.triggers.app_error", 400, "A webhook needs a channel or trigger words."
)
SAME_AS_ANOTHER = ErrorKind(
    "api.webhook.create_outgoing.intersect.app_error",
    400,
    "Another webhook of the channel has one of the trigger words and one of the addresses.",
)
BECOMES_SAME = ErrorKind("api.webhook.update_outgoing.intersect.app_error", 400, SAME_AS_ANOTHER.text)

_MODEL = "model.outgoing_hook.is_valid."
BAD_CALLBACKS = ErrorKind(
    _MODEL + "callback.app_error", 400, "At least one address to call is needed, and all have to fit."
)
BAD_URL = ErrorKind(_MODEL + "url.app_error", 400, "Addresses to call begin with http:// or https://.")
EMPTY_TRIGGER = ErrorKind(_MODEL + "trigger_words.app_error", 400, "A trigger word cannot be empty.")
TRIGGERS_TOO_LONG = ErrorKind(_MODEL + "words.app_error", 400, "The trigger words are too long together.")
BAD_DISPLAY_NAME = ErrorKind(_MODEL + "display_name.app_error", 400, "A display name has at most 64 characters.")
BAD_DESCRIPTION = ErrorKind(_MODEL + "description.app_error", 400, "A description has at most 500 characters.")
BAD_CONTENT_TYPE = ErrorKind(
    _MODEL + "content_type.app_error", 400, "The content type is too long, or there is no such way to trigger."
)
BAD_TOKEN = ErrorKind(_MODEL + "token.app_error", 400, "A token has at most 26 characters.")
BAD_USERNAME = ErrorKind("model.outgoing_hook.username.app_error", 400, "A username has at most 64 characters.")
BAD_ICON = ErrorKind("model.outgoing_hook.icon_url.app_error", 400, "The icon's address has at most 1,024 characters.")
