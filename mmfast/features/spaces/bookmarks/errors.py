"""The errors of channel bookmarks."""

from mmfast.core.errors import ErrorKind

LICENSE_NEEDED = ErrorKind(
    "api.channel.bookmark.channel_bookmark.license.error", 501, "Channel bookmarks need a licence that includes them."
)
