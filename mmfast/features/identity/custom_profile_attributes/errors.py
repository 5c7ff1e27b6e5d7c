"""Why custom profile attributes are refused."""

from mmfast.core.errors import ErrorKind

LICENSE_NEEDED = ErrorKind(
    "api.custom_profile_attributes.license_error", 403, "Custom profile attributes need a licence."
)
