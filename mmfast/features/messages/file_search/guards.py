"""Who may search for files in a team: its members. In all teams: everybody, each in their own channels."""

from mmfast.api.context import Context
from mmfast.features.spaces.teams.guards import require_in_team


async def may_search_team(ctx: Context, team_id: str) -> None:
    """Who may see the team."""
    await require_in_team(ctx, team_id, "view_team")
