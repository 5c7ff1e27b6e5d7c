"""What may be wrong with a request for a file's picture."""

from mmfast.core.errors import ErrorKind

NO_THUMBNAIL = ErrorKind("api.file.get_file_thumbnail.no_thumbnail.app_error", 400, "The file has no thumbnail.")
NO_PREVIEW = ErrorKind("api.file.get_file_preview.no_preview.app_error", 400, "The file has no preview.")
