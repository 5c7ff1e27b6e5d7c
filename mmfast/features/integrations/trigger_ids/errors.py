"""Why a trigger id opens nothing."""

from mmfast.core.errors import ErrorKind

NOT_BASE64 = ErrorKind(
    "interactive_message.decode_trigger_id.base64_decode_failed", 400, "The trigger id is not one of this server's."
)
INCOMPLETE = ErrorKind(
    "interactive_message.decode_trigger_id.missing_data", 400, "The trigger id is not one of this server's."
)
EXPIRED = ErrorKind("interactive_message.decode_trigger_id.expired", 400, "The trigger id is no longer valid.")
FORGED = ErrorKind(
    "interactive_message.decode_trigger_id.verify_signature_failed", 400, "The trigger id is not one of this server's."
)
