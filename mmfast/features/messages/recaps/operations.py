"""The routes of recaps."""

from mmfast.api.guards import SIGNED_IN
from mmfast.api.unavailable import declare_unavailable
from mmfast.features.messages.recaps.errors import UNAVAILABLE

declare_unavailable(
    UNAVAILABLE,
    ("GetRecapsForUser", "GET /recaps", SIGNED_IN),
    ("CreateRecap", "POST /recaps", SIGNED_IN),
    ("GetRecap", "GET /recaps/{recap_id}", SIGNED_IN),
    ("DeleteRecap", "DELETE /recaps/{recap_id}", SIGNED_IN),
    ("MarkRecapAsRead", "POST /recaps/{recap_id}/read", SIGNED_IN),
    ("RegenerateRecap", "POST /recaps/{recap_id}/regenerate", SIGNED_IN),
)
