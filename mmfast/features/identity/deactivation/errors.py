"""What switching off or deleting an account may be refused for."""

from mmfast.core.errors import ErrorKind

NOT_ALLOWED = ErrorKind(
    "api.user.update_active.permissions.app_error", 403, "You may not switch this account on or off."
)
SELF_DEACTIVATION_OFF = ErrorKind(
    "api.user.update_active.not_enable.app_error", 401, "Switching off one's own account is not allowed here."
)
GUESTS_OFF = ErrorKind(
    "api.user.update_active.cannot_enable_guest_when_guest_feature_is_disabled.app_error",
    401,
    "A guest's account cannot be switched on while guest accounts are switched off.",
)
DELETION_OFF = ErrorKind(
    "api.user.delete_user.not_enabled.app_error", 401, "Deleting accounts for good is switched off."
)
DELETION_OFF_FOR_ADMIN = ErrorKind(
    "api.user.delete_user.not_enabled.for_admin.app_error",
    401,
    "Deleting accounts for good is switched off: see ServiceSettings.EnableAPIUserDeletion.",
)
