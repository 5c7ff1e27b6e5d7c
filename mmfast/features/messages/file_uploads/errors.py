"""What an upload may be refused for."""

from mmfast.core.errors import ErrorKind

READ_REQUEST = ErrorKind("api.file.upload_file.read_request.app_error", 400, "The body could not be read.")
TOO_LARGE = ErrorKind(
    "api.file.upload_file.too_large_detailed.app_error", 413, "The file {name} is larger than {limit} bytes."
)
LARGE_IMAGE = ErrorKind(
    "api.file.upload_file.large_image_detailed.app_error", 400, "The picture has too many pixels: {size}."
)
TOO_MANY_CLIENT_IDS = ErrorKind(
    "api.file.upload_file.incorrect_number_of_client_ids.app_error", 400, "There are more client ids than files."
)
SEVERAL_CHANNELS = ErrorKind(
    "api.file.upload_file.multiple_channel_ids.app_error", 400, "All files of a form go to one channel."
)
NAME_TOO_LONG = ErrorKind("api.file.write_file.app_error", 400, "The file's name is too long.")
"""The reference answers 500 here; the fault is the caller's."""
RESTRICTED_DIRECT = ErrorKind(
    "api.file.upload_file.restricted_dm.error", 400, "The two of this direct channel share no team."
)
