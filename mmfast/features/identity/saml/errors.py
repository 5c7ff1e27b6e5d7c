"""Why SAML is refused."""

from mmfast.core.errors import ErrorKind

NOT_AVAILABLE = ErrorKind("api.admin.saml.not_available.app_error", 501, "SAML is not set up on this server.")
NO_METADATA = ErrorKind(
    "api.admin.saml.failure_get_metadata_from_idp.app_error", 400, "The provider's metadata could not be fetched."
)
