"""The errors of custom emojis."""

from mmfast.core.errors import ErrorKind

DISABLED = ErrorKind("api.emoji.disabled.app_error", 501, "Custom emojis are switched off.")
DISABLED_REFUSAL = DISABLED.same_with(403)
"""How searching and deleting are refused while custom emojis are switched off."""
EMOJI_NOT_FOUND = ErrorKind("app.emoji.get.no_result", 404, "There is no such emoji.")
NAME_NOT_FOUND = ErrorKind("app.emoji.get_by_name.no_result", 404, "There is no emoji of this name.")
TOO_MANY_NAMES = ErrorKind(
    "api.emoji.get_multiple_by_name_too_many.request_error", 400, "At most {max} emojis can be asked for at once."
)
PICTURE_NOT_READ = ErrorKind("api.emoji.get_image.read.app_error", 404, "The emoji's picture is missing.")

NOT_A_FORM = ErrorKind("api.emoji.create.parse.app_error", 400, "The request is not a form with an emoji.")
TOO_LARGE = ErrorKind("api.emoji.create.too_large.app_error", 413, "The picture is larger than {max} bytes.")
OTHER_CREATOR = ErrorKind("api.emoji.create.other_user.app_error", 403, "An emoji can only be made in one's own name.")
DUPLICATE = ErrorKind("api.emoji.create.duplicate.app_error", 400, "There is an emoji of this name.")
NAME_INVALID = ErrorKind(
    "model.emoji.name.app_error", 400, "A name has 1 to 64 letters a to z, digits, and the signs - + _."
)
NAME_OF_SYSTEM_EMOJI = ErrorKind("model.emoji.system_emoji_name.app_error", 400, "This is a standard emoji's name.")
NOT_A_PICTURE = ErrorKind("api.emoji.upload.image.app_error", 400, "The file is not a picture of a known kind.")
TOO_MANY_PIXELS = ErrorKind(
    "api.emoji.upload.large_image.too_large.app_error", 400, "The picture is wider or higher than {max} pixels."
)
NOT_DECODED = ErrorKind("api.emoji.upload.large_image.decode_error", 400, "The picture could not be read.")
