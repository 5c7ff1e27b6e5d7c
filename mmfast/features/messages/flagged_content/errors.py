"""Why reporting posts is refused."""

from mmfast.core.errors import ErrorKind

UNAVAILABLE = ErrorKind("api.data_spillage.error.license", 501, "Reporting of posts is not available.")
