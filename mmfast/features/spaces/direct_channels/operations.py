"""The routes of direct and group channels."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.api.responses import Created
from mmfast.features.spaces.channel_members.guards import may_read_members
from mmfast.features.spaces.channels.types import Channel
from mmfast.features.spaces.direct_channels import guards, service
from mmfast.features.spaces.direct_channels.types import Conversion, Pair
from mmfast.features.spaces.teams.guards import as_seen
from mmfast.features.spaces.teams.service import get_team
from mmfast.features.spaces.teams.types import Team


@operation("CreateDirectChannel", "POST /channels/direct", guard=guards.may_create_direct)
async def create_direct_channel(ctx: Context, body: list[str], loaded: Pair) -> Created[Channel]:
    """The direct channel of two users."""
    return Created(await service.create_direct_channel(ctx, loaded.user_id, loaded.other_id))


@operation("CreateGroupChannel", "POST /channels/group", guard=guards.may_create_group)
async def create_group_channel(ctx: Context, body: list[str], loaded: list[str]) -> Created[Channel]:
    """The group channel of three to eight users."""
    return Created(await service.create_group_channel(ctx, loaded))


@operation("GetGroupMessageMembersCommonTeams", "GET /channels/{channel_id}/common_teams", guard=may_read_members)
async def get_common_teams(ctx: Context, loaded: Channel) -> list[Team]:
    """The teams in which all of a group are."""
    team_ids = await service.list_common_team_ids(ctx, loaded)
    return [await as_seen(ctx, await get_team(ctx, team_id)) for team_id in team_ids]


@operation("ConvertGroupMessage", "POST /channels/{channel_id}/convert_to_channel", guard=guards.may_convert_group)
async def convert_group_message(ctx: Context, body: Conversion, loaded: Channel) -> Channel:
    """Turns a group into a private channel of a team."""
    return await service.convert_group(ctx, loaded, body)
