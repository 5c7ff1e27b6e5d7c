"""The routes of retention policies."""

from typing import Any, Final

from mmfast.api.context import Context
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.api.unavailable import declare_unavailable
from mmfast.features.admin.data_retention import guards
from mmfast.features.admin.data_retention.errors import UNAVAILABLE

_POLICIES: Final = "/data_retention/policies"
_POLICY: Final = _POLICIES + "/{policy_id}"
_OF_USER: Final = "/users/{user_id}/data_retention"

declare_unavailable(
    UNAVAILABLE,
    ("GetDataRetentionPolicy", "GET /data_retention/policy", SIGNED_IN),
    ("GetDataRetentionPoliciesCount", "GET /data_retention/policies_count", guards.may_read_policies),
    ("GetDataRetentionPolicies", f"GET {_POLICIES}", guards.may_read_policies),
    ("CreateDataRetentionPolicy", f"POST {_POLICIES}", guards.may_send_policy),
    ("GetDataRetentionPolicyByID", f"GET {_POLICY}", guards.may_read_policies),
    ("PatchDataRetentionPolicy", f"PATCH {_POLICY}", guards.may_send_policy),
    ("DeleteDataRetentionPolicy", f"DELETE {_POLICY}", guards.may_write_policies),
    ("GetTeamsForRetentionPolicy", f"GET {_POLICY}/teams", guards.may_read_policies),
    ("AddTeamsToRetentionPolicy", f"POST {_POLICY}/teams", guards.may_send_ids),
    ("RemoveTeamsFromRetentionPolicy", f"DELETE {_POLICY}/teams", guards.may_send_ids),
    ("GetChannelsForRetentionPolicy", f"GET {_POLICY}/channels", guards.may_read_policies),
    ("AddChannelsToRetentionPolicy", f"POST {_POLICY}/channels", guards.may_send_ids),
    ("RemoveChannelsFromRetentionPolicy", f"DELETE {_POLICY}/channels", guards.may_send_ids),
    ("GetTeamPoliciesForUser", f"GET {_OF_USER}/team_policies", guards.may_read_policies_of_user),
    ("GetChannelPoliciesForUser", f"GET {_OF_USER}/channel_policies", guards.may_read_policies_of_user),
)


@operation("SearchTeamsForRetentionPolicy", f"POST {_POLICY}/teams/search", guard=guards.may_read_policies)
async def search_teams(ctx: Context, body: dict[str, Any]) -> list[dict[str, Any]]:
    """The teams of a policy that fit a search: none, as there are no policies."""
    return []


@operation("SearchChannelsForRetentionPolicy", f"POST {_POLICY}/channels/search", guard=guards.may_search_channels)
async def search_channels(ctx: Context) -> list[dict[str, Any]]:
    """The channels of a policy that fit a search: none, as there are no policies."""
    return []
