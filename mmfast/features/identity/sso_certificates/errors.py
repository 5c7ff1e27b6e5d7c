"""What a certificate may be refused for."""

from mmfast.core.errors import ErrorKind

NO_FORM = ErrorKind("api.admin.add_certificate.parseform.app_error", 400, "The body is no multipart form.")
NO_FILE = ErrorKind(
    "api.admin.add_certificate.no_file.app_error", 400, "The form has no file in the field certificate."
)
SEVERAL_FILES = ErrorKind("api.admin.add_certificate.multiple_files.app_error", 400, "Give one certificate at a time.")
NONE_TO_REMOVE = ErrorKind("api.admin.remove_certificate.delete.app_error", 400, "There is no certificate to remove.")
"""The reference answers 500 here; nothing went wrong in the server."""
TYPE_MISSING = ErrorKind(
    "api.admin.saml.set_certificate_from_metadata.missing_content_type.app_error", 400, "The content type is missing."
)
TYPE_UNKNOWN = ErrorKind(
    "api.admin.saml.set_certificate_from_metadata.invalid_content_type.app_error",
    400,
    "A certificate comes as a form, or as application/x-pem-file.",
)
BODY_UNREADABLE = ErrorKind(
    "api.admin.saml.set_certificate_from_metadata.invalid_body.app_error", 400, "The certificate could not be read."
)
