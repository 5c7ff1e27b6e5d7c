"""The errors of access policies: what each route says when there is no policy engine."""

from mmfast.core.errors import ErrorKind

_TEXT = "Access policies need a licence that includes them."


def _unavailable(name: str) -> ErrorKind:
    return ErrorKind(f"app.pap.{name}.app_error", 501, _TEXT)


CREATE = _unavailable("create_access_control_policy")
GET = _unavailable("get_policy")
DELETE = _unavailable("delete_access_control_policy")
SEARCH = _unavailable("search_access_control_policies")
CHECK = _unavailable("check_expression")
VISUAL = _unavailable("expression_to_visual_ast")
FIELDS = _unavailable("get_access_control_auto_complete")
ACTIVATE = _unavailable("update_access_control_policies_active")
ASSIGN = _unavailable("assign_access_control_policy_to_channels")
UNASSIGN = _unavailable("unassign_access_control_policy_from_channels")
ATTRIBUTES = _unavailable("get_channel_access_control_attributes")

FIELDS_LIMIT = ErrorKind(
    "api.access_control_policy.get_fields.limit.app_error", 400, "The limit must be between 1 and 100."
)
CHANNELS_LIMIT = ErrorKind(
    "api.access_control_policy.get_channels.limit.app_error", 400, "The limit must be between 1 and 1000."
)
