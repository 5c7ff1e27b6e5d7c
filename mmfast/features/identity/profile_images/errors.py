"""What an uploaded profile image may be refused for."""

from mmfast.api.forms import PictureErrors
from mmfast.core.errors import ErrorKind

NOT_A_FORM = ErrorKind("api.user.upload_profile_user.parse.app_error", 400, "The body is no multipart form.")
"""The reference answers 500 here; the fault is the caller's."""
NO_FILE = ErrorKind("api.user.upload_profile_user.no_file.app_error", 400, "The form has no file in the field image.")
TOO_LARGE = ErrorKind("api.user.upload_profile_user.too_large.app_error", 413, "The picture's file is too large.")
BAD_LIMITS = ErrorKind(
    "api.user.upload_profile_user.check_image_limits.app_error", 400, "This is no picture, or it has too many pixels."
)
NOT_DECODED = ErrorKind("api.user.upload_profile_user.decode.app_error", 400, "The picture could not be read.")

UPLOAD = PictureErrors(NOT_A_FORM, NO_FILE, TOO_LARGE)
"""What the form that brings the picture is refused with."""
