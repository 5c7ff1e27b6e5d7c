"""Members see their team's icon; those who manage the team set it."""

from mmfast.api.context import Context
from mmfast.features.spaces.teams import service as teams
from mmfast.features.spaces.teams.guards import may_manage_team, may_view_team
from mmfast.features.spaces.teams.types import Team


async def may_see_icon(ctx: Context, team_id: str) -> Team:
    """Like reading the team."""
    return await may_view_team(ctx, team_id)


async def may_set_icon(ctx: Context, team_id: str) -> Team:
    """Those who manage the team."""
    await may_manage_team(ctx, team_id)
    return await teams.get_team(ctx, team_id)
