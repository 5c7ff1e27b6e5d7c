"""The routes of access policies."""

from typing import Any, Final

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.api.responses import Response
from mmfast.features.admin.access_control import errors, guards
from mmfast.features.admin.access_control.types import ActiveQuery, ChannelAssignment, FoundChannels, LimitQuery
from mmfast.features.spaces.channel_members.guards import may_read_members

_PATH: Final = "/access_control_policies"
MAX_FIELDS: Final = 100
MAX_CHANNELS: Final = 1000


@operation("CreateAccessControlPolicy", f"PUT {_PATH}", guard=guards.may_write_policy)
async def create_policy(ctx: Context, body: dict[str, Any]) -> None:
    """Makes or changes a policy."""
    raise errors.CREATE()


@operation("GetAccessControlPolicy", f"GET {_PATH}/{{policy_id}}", guard=guards.may_manage_policies)
async def get_policy(ctx: Context) -> None:
    """A policy."""
    raise errors.GET()


@operation("DeleteAccessControlPolicy", f"DELETE {_PATH}/{{policy_id}}", guard=guards.may_manage_policies)
async def delete_policy(ctx: Context) -> None:
    """Deletes a policy."""
    raise errors.DELETE()


@operation("SearchAccessControlPolicies", f"POST {_PATH}/search", guard=guards.may_manage_policies)
async def search_policies(ctx: Context, body: dict[str, Any]) -> None:
    """The policies that fit a search."""
    raise errors.SEARCH()


@operation("CheckAccessControlPolicyExpression", f"POST {_PATH}/cel/check", guard=guards.may_send)
async def check_expression(ctx: Context) -> None:
    """Whether an expression is well formed."""
    raise errors.CHECK()


@operation("TestAccessControlPolicyExpression", f"POST {_PATH}/cel/test", guard=guards.may_send)
async def test_expression(ctx: Context) -> None:
    """Whom an expression would let in."""
    raise errors.CHECK()


@operation("ValidateExpressionAgainstRequester", f"POST {_PATH}/cel/validate_requester", guard=guards.may_send)
async def validate_requester(ctx: Context) -> None:
    """Whether an expression would let the caller in."""
    raise errors.CHECK()


@operation("GetCELVisualAST", f"POST {_PATH}/cel/visual_ast", guard=guards.may_send)
async def get_visual_ast(ctx: Context) -> None:
    """An expression taken apart, for the console's editor."""
    raise errors.VISUAL()


@operation(
    "GetAccessControlPolicyAutocompleteFields",
    f"GET {_PATH}/cel/autocomplete/fields",
    guard=guards.may_manage_policies,
)
async def get_autocomplete_fields(ctx: Context, query: LimitQuery) -> None:
    """The attributes that expressions may name."""
    if not 0 < query.limit <= MAX_FIELDS:
        raise errors.FIELDS_LIMIT()
    raise errors.FIELDS()


@operation(
    "UpdateAccessControlPolicyActiveStatus", f"GET {_PATH}/{{policy_id}}/activate", guard=guards.may_manage_policies
)
async def update_active_status(ctx: Context, query: ActiveQuery) -> None:
    """Puts a policy in or out of force."""
    if query.active not in ("true", "false"):
        raise INVALID_BODY_PARAM(name="active")
    raise errors.ACTIVATE()


@operation("UpdateAccessControlPoliciesActive", f"PUT {_PATH}/activate", guard=SIGNED_IN)
async def update_policies_active(ctx: Context, body: dict[str, Any]) -> None:
    """Puts several policies in or out of force."""
    raise errors.ACTIVATE()


@operation(
    "AssignAccessControlPolicyToChannels", f"POST {_PATH}/{{policy_id}}/assign", guard=guards.may_manage_policies
)
async def assign_policy(ctx: Context, body: ChannelAssignment) -> Response:
    """Makes a policy apply to channels; nothing is asked where none is named."""
    if body.channel_ids:
        raise errors.ASSIGN()
    return Response(200, [("Content-Type", "application/json")])


@operation(
    "UnassignAccessControlPolicyFromChannels",
    f"DELETE {_PATH}/{{policy_id}}/unassign",
    guard=guards.may_manage_policies,
)
async def unassign_policy(ctx: Context, body: ChannelAssignment) -> Response:
    """Makes a policy no longer apply to channels; nothing is asked where none is named."""
    if body.channel_ids:
        raise errors.UNASSIGN()
    return Response(200, [("Content-Type", "application/json")])


@operation(
    "GetChannelsForAccessControlPolicy",
    f"GET {_PATH}/{{policy_id}}/resources/channels",
    guard=guards.may_manage_policies,
)
async def get_policy_channels(ctx: Context, query: LimitQuery) -> FoundChannels:
    """The channels that a policy applies to: none, as there are no policies."""
    if not 0 < query.limit <= MAX_CHANNELS:
        raise errors.CHANNELS_LIMIT()
    return FoundChannels([], 0)


@operation(
    "SearchChannelsForAccessControlPolicy",
    f"POST {_PATH}/{{policy_id}}/resources/channels/search",
    guard=guards.may_manage_policies,
)
async def search_policy_channels(ctx: Context, body: dict[str, Any]) -> FoundChannels:
    """Those of a policy's channels that fit a search: none, as there are no policies."""
    return FoundChannels([], 0)


@operation(
    "GetChannelAccessControlAttributes",
    "GET /channels/{channel_id}/access_control/attributes",
    guard=may_read_members,
)
async def get_channel_attributes(ctx: Context) -> None:
    """The attributes by which policies let people into a channel."""
    raise errors.ATTRIBUTES()
