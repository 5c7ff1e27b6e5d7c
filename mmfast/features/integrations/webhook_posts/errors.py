"""Why a webhook's message does not become a post. Its sender mostly hears one general error instead."""

from mmfast.core.errors import ErrorKind

ATTACHMENT_TOO_LONG = ErrorKind(
    "web.incoming_webhook.split_props_length.app_error", 400, "One of the attachments is too long for a post."
)
