"""Why an integration's answer to a dialog is no use."""

from mmfast.core.errors import ErrorKind

SUBMISSION_UNREADABLE = ErrorKind(
    "app.submit_interactive_dialog.decode_json_error", 500, "The integration's answer could not be read."
)
LOOKUP_UNREADABLE = ErrorKind(
    "app.lookup_interactive_dialog.decode_json_error", 500, "The integration's answer could not be read."
)
