"""Why a picture is not fetched."""

from mmfast.core.errors import ErrorKind

ADDRESS_INVALID = ErrorKind("api.image.get.app_error", 400, "This is no address of a picture.")
