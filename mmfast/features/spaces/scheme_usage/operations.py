"""The operations that tell who uses a scheme."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.features.spaces.channels.types import Channel
from mmfast.features.spaces.scheme_usage import service
from mmfast.features.spaces.scheme_usage.guards import may_read_channels_of_scheme, may_read_teams_of_scheme
from mmfast.features.spaces.scheme_usage.types import Page
from mmfast.features.spaces.teams.types import Team


@operation("GetTeamsForScheme", "GET /schemes/{scheme_id}/teams", guard=may_read_teams_of_scheme, trust_requester=True)
async def get_teams_for_scheme(ctx: Context, scheme_id: str, query: Page) -> list[Team]:
    """A page of the teams that use a scheme."""
    return await service.list_teams(ctx, scheme_id, query)


@operation(
    "GetChannelsForScheme",
    "GET /schemes/{scheme_id}/channels",
    guard=may_read_channels_of_scheme,
    trust_requester=True,
)
async def get_channels_for_scheme(ctx: Context, scheme_id: str, query: Page) -> list[Channel]:
    """A page of the channels that use a scheme."""
    return await service.list_channels(ctx, scheme_id, query)
