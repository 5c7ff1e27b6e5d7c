"""What the log's routes may refuse."""

from mmfast.core.errors import ErrorKind

BAD_FILTER = ErrorKind("api.system.logs.invalidFilter", 400, "The filter of the log cannot be read.")
"""The reference answers 500 here; the fault is the caller's."""
NO_FILE = ErrorKind("api.system.logs.download_bytes_buffer.app_error", 404, "The server writes no log file.")
"""The reference answers 500 here; nothing went wrong in the server."""
