"""The errors of preferences."""

from mmfast.core.errors import ErrorKind

NOT_OWN = ErrorKind("api.preference.update_preferences.set.app_error", 403, "A preference names another user.")
NOT_OWN_TO_DELETE = ErrorKind(
    "api.preference.delete_preferences.delete.app_error", 403, "A preference to delete names another user."
)
NO_CATEGORY = ErrorKind(
    "api.preference.preferences_category.get.app_error", 404, "There is no preference in this category."
)
NO_PREFERENCE = ErrorKind("app.preference.get.app_error", 400, "There is no such preference.")
INVALID_USER = ErrorKind("model.preference.is_valid.id.app_error", 400, "The preference's user id is invalid.")
INVALID_CATEGORY = ErrorKind(
    "model.preference.is_valid.category.app_error", 400, "The category is missing or too long."
)
INVALID_NAME = ErrorKind("model.preference.is_valid.name.app_error", 400, "The preference's name is too long.")
INVALID_VALUE = ErrorKind("model.preference.is_valid.value.app_error", 400, "The preference's value is too long.")
INVALID_DM_LIMIT = ErrorKind(
    "model.preference.is_valid.limit_visible_dms_gms.app_error",
    400,
    "The number of direct channels shown must be from 1 to 40.",
)
