"""What an upload in parts may be refused for."""

from mmfast.core.errors import ErrorKind

UPLOAD_NOT_FOUND = ErrorKind("app.upload.get.app_error", 404, "There is no such upload.")
NOT_YOURS = ErrorKind("api.upload.get_upload.forbidden.app_error", 403, "This is another user's upload.")
LIST_NOT_YOURS = ErrorKind(
    "api.user.get_uploads_for_user.forbidden.app_error", 403, "These are another user's uploads."
)
ATTACHMENTS_OFF = ErrorKind("api.file.attachments.disabled.app_error", 501, "Files are switched off on this server.")
TOO_LARGE = ErrorKind("api.upload.create.upload_too_large.app_error", 413, "The file is larger than {limit} bytes.")
CHANNEL_ARCHIVED = ErrorKind(
    "app.upload.create.cannot_upload_to_deleted_channel.app_error", 400, "The channel is archived."
)
RESTRICTED_DIRECT = ErrorKind(
    "app.upload.create.cannot_upload_to_restricted_dm.error", 400, "The two of this direct channel share no team."
)
SIZE_INVALID = ErrorKind("model.upload_session.is_valid.file_size.app_error", 400, "The size must be above 0.")
NAME_INVALID = ErrorKind("model.upload_session.is_valid.filename.app_error", 400, "The file's name is too long.")
LENGTH_INVALID = ErrorKind(
    "api.upload.upload_data.invalid_content_length", 400, "The part is longer than what is left of the file."
)
CONTENT_TYPE_INVALID = ErrorKind("api.upload.upload_data.invalid_content_type", 400, "The form names no boundary.")
FORM_INVALID = ErrorKind("api.upload.upload_data.multipart_error", 400, "The form could not be read.")
FIRST_PART_TOO_SMALL = ErrorKind(
    "app.upload.upload_data.first_part_too_small.app_error",
    400,
    "The first part must have {size} bytes, or be the whole file.",
)
CONCURRENT = ErrorKind(
    "app.upload.upload_data.concurrent.app_error", 400, "Another request has just sent a part of this upload."
)
LARGE_IMAGE = ErrorKind("app.upload.upload_data.large_image.app_error", 400, "The picture has too many pixels: {size}.")
