"""The errors of groups in channels."""

from mmfast.core.errors import ErrorKind

LICENSE_NEEDED = ErrorKind(
    "api.channel.channel_member_counts_by_group.license.error", 403, "Groups need a licence that includes them."
)
