"""The errors of schemes."""

from mmfast.core.errors import ErrorKind

SCHEME_NOT_FOUND = ErrorKind("app.scheme.get.app_error", 404, "There is no such scheme.")
CREATE_UNLICENSED = ErrorKind("api.scheme.create_scheme.license.error", 501, "Making a scheme needs a licence.")
PATCH_UNLICENSED = ErrorKind("api.scheme.patch_scheme.license.error", 501, "Changing a scheme needs a licence.")
DELETE_UNLICENSED = ErrorKind("api.scheme.delete_scheme.license.error", 501, "Deleting a scheme needs a licence.")
