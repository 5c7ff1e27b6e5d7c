"""The errors of channel moderation."""

from mmfast.core.errors import ErrorKind

READING_NEEDS_LICENSE = ErrorKind(
    "api.channel.get_channel_moderations.license.error", 403, "Channel moderation needs a licence that includes it."
)
CHANGING_NEEDS_LICENSE = ErrorKind(
    "api.channel.patch_channel_moderations.license.error", 403, "Channel moderation needs a licence that includes it."
)
