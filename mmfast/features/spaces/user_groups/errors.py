"""Why groups are refused."""

from mmfast.core.errors import ErrorKind

LICENSE_NEEDED = ErrorKind("api.license_error", 501, "User groups need a licence.")
