"""What a team's icon may be refused for."""

from mmfast.api.forms import PictureErrors
from mmfast.core.errors import ErrorKind

NO_ICON = ErrorKind("api.team.get_team_icon.read_file.app_error", 404, "The team has no icon.")
NOT_A_FORM = ErrorKind("api.team.set_team_icon.parse.app_error", 400, "The body is no multipart form.")
NO_FILE = ErrorKind("api.team.set_team_icon.no_file.app_error", 400, "The form has no file in the field image.")
TOO_LARGE = ErrorKind("api.team.set_team_icon.too_large.app_error", 413, "The picture's file is too large.")
BAD_LIMITS = ErrorKind(
    "api.team.set_team_icon.check_image_limits.app_error", 400, "This is no picture, or it has too many pixels."
)
NOT_DECODED = ErrorKind("api.team.set_team_icon.decode.app_error", 400, "The picture could not be read.")

UPLOAD = PictureErrors(NOT_A_FORM, NO_FILE, TOO_LARGE)
"""What the form that brings the picture is refused with."""
