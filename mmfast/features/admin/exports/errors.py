"""What exports refuse."""

from mmfast.core.errors import ErrorKind

NOT_FOUND = ErrorKind("api.export.export_not_found.app_error", 404, "There is no such export.")
NO_LINKS = ErrorKind(
    "app.eport.generate_presigned_url.featureflag.app_error", 400, "The file store gives out no signed addresses."
)
