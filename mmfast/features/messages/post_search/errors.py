"""The errors of searching posts."""

from mmfast.core.errors import ErrorKind

BAD_BODY = ErrorKind("api.post.search_posts.invalid_body.app_error", 400, "The search could not be read.")
DISABLED = ErrorKind("store.sql_post.search.disabled", 501, "Searching posts is switched off.")
