"""Why a certificate is refused."""

from mmfast.core.errors import ErrorKind

NOT_A_FORM = ErrorKind("api.admin.add_certificate.parseform.app_error", 400, "The body is no multipart form.")
NO_FILE = ErrorKind(
    "api.admin.add_certificate.no_file.app_error", 400, "The form has no file in the field certificate."
)
SEVERAL_FILES = ErrorKind("api.admin.add_certificate.multiple_files.app_error", 400, "Give one certificate at a time.")
