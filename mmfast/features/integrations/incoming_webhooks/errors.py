"""The errors of incoming webhooks: of managing them, and of posting through them."""

from mmfast.core.errors import ErrorKind

DISABLED = ErrorKind("api.incoming_webhook.disabled.app_error", 501, "Incoming webhooks are switched off.")
HOOK_NOT_FOUND = ErrorKind("app.webhooks.get_incoming.app_error", 404, "There is no such incoming webhook.")
HOOK_EXISTS = ErrorKind("app.webhooks.save_incoming.existing.app_error", 400, "A new webhook gets its id here.")
OTHER_TEAM = ErrorKind("api.webhook.team_mismatch.app_error", 400, "A webhook stays in its team.")
BAD_USERNAME = ErrorKind("api.incoming_webhook.invalid_username.app_error", 400, "The username is not valid.")
BAD_TEAM = ErrorKind("model.incoming_hook.team_id.app_error", 400, "The channel does not belong to a team.")
BAD_DISPLAY_NAME = ErrorKind(
    "model.incoming_hook.display_name.app_error", 400, "A display name has at most 64 characters."
)
BAD_DESCRIPTION = ErrorKind(
    "model.incoming_hook.description.app_error", 400, "A description has at most 500 characters."
)
BAD_ICON = ErrorKind("model.incoming_hook.icon_url.app_error", 400, "The icon's address has at most 1,024 characters.")

NOT_POSTED = ErrorKind("web.incoming_webhook.general.app_error", 400, "The message could not be posted.")
"""What senders are told of every refusal, under its status: strangers learn nothing of channels and people."""
UNREADABLE = ErrorKind("web.incoming_webhook.decode.app_error", 400, "The message could not be read.")
BAD_FORM = ErrorKind("web.incoming_webhook.parse_form.app_error", 400, "The form or its type could not be read.")
BAD_MULTIPART = ErrorKind("web.incoming_webhook.parse_multipart.app_error", 400, "The form could not be read.")

POSTING_DISABLED = ErrorKind("web.incoming_webhook.disabled.app_error", 501, "Incoming webhooks are switched off.")
NO_SUCH_HOOK = ErrorKind("web.incoming_webhook.invalid.app_error", 400, "There is no such webhook.")
NO_TEXT = ErrorKind("web.incoming_webhook.text.app_error", 400, "The message has neither a text nor attachments.")
NO_SUCH_USER = ErrorKind("web.incoming_webhook.user.app_error", 400, "There is no such user.")
CHANNEL_ARCHIVED = ErrorKind("web.incoming_webhook.channel.app_error", 400, "The channel is archived.")
CHANNEL_LOCKED = ErrorKind(
    "web.incoming_webhook.channel_locked.app_error", 403, "This webhook posts in its own channel only."
)
NOT_PERMITTED = ErrorKind(
    "web.incoming_webhook.permissions.app_error", 403, "The webhook's owner may not post in the channel."
)
