"""Why an integration could not be asked."""

from mmfast.core.errors import ErrorKind

NOT_ANSWERED = ErrorKind(
    "api.post.do_action.action_integration.app_error", 400, "The integration could not be reached, or refused."
)
