"""What may be wrong with a request for a file."""

from mmfast.core.errors import ErrorKind

FILE_UNKNOWN = ErrorKind("api.file.get_file_info.app_error", 404, "There is no such file.")
FILE_NOT_FOUND = ErrorKind("app.file_info.get.app_error", 404, "There is no such file.")
CONTENT_MISSING = ErrorKind("api.file.file_reader.app_error", 404, "The file's content is not in the store.")
ATTACHMENTS_OFF = ErrorKind("api.file.attachments.disabled.app_error", 403, "Files are switched off on this server.")
