"""What the terms of service may be refused for."""

from mmfast.core.errors import ErrorKind

NO_TERMS = ErrorKind("app.terms_of_service.get.no_rows.app_error", 404, "There are no such terms of service.")
SWITCHED_OFF = ErrorKind(
    "api.create_terms_of_service.custom_terms_of_service_disabled.app_error",
    400,
    "Terms of service of one's own are switched off.",
)
EMPTY = ErrorKind("api.create_terms_of_service.empty_text.app_error", 400, "Terms of service need a text.")
NOT_ACCEPTED = ErrorKind(
    "app.user_terms_of_service.get_by_user.no_rows.app_error", 404, "You have not accepted any terms of service."
)
