"""Why a brand image is refused."""

from mmfast.core.errors import ErrorKind

NOT_A_FORM = ErrorKind("api.admin.upload_brand_image.parse.app_error", 400, "The body is no multipart form.")
NO_FILE = ErrorKind("api.admin.upload_brand_image.no_file.app_error", 400, "The form has no file in the field image.")
SEVERAL_FILES = ErrorKind("api.admin.upload_brand_image.array.app_error", 400, "Give one picture at a time.")
TOO_LARGE = ErrorKind("api.admin.upload_brand_image.too_large.app_error", 413, "The picture is too large.")
BAD_LIMITS = ErrorKind(
    "brand.save_brand_image.check_image_limits.app_error", 400, "The file is no picture, or one with too many pixels."
)
NOT_DECODED = ErrorKind("brand.save_brand_image.decode.app_error", 400, "The picture cannot be read.")
NONE_TO_DELETE = ErrorKind("api.admin.delete_brand_image.storage.not_found", 404, "There is no brand image.")
