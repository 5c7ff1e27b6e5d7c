"""Why files are not searched for."""

from mmfast.core.errors import ErrorKind

SEARCH_OFF = ErrorKind("store.sql_file_info.search.disabled", 501, "Searching for files is switched off.")
BODY_INVALID = ErrorKind("api.post.search_files.invalid_body.app_error", 400, "The body is no search.")
