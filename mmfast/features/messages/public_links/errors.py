"""What may be wrong with a public link."""

from mmfast.core.errors import ErrorKind

LINKS_OFF = ErrorKind(
    "api.file.get_public_link.disabled.app_error", 403, "Public links are switched off on this server."
)
NO_POST = ErrorKind("api.file.get_public_link.no_post.app_error", 400, "The file belongs to no post yet.")
LINK_INVALID = ErrorKind("api.file.get_file.public_invalid.app_error", 400, "The link is not valid.")
