"""Why the set-up is not completed."""

from mmfast.core.errors import ErrorKind

UNREADABLE = ErrorKind("app.system.complete_onboarding_request.app_error", 400, "The request cannot be read.")
NOT_ADMIN = ErrorKind(
    "app.system.complete_onboarding_request.no_first_user", 403, "Only an administrator completes the set-up."
)
NO_ORGANIZATION = ErrorKind(
    "api.error_no_organization_name_provided_for_self_hosted_onboarding", 400, "The organisation's name is missing."
)
