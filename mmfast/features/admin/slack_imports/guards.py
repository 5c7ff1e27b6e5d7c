"""Who may import into a team."""

from mmfast.api.context import Context
from mmfast.features.spaces.teams.guards import require_in_team
from mmfast.features.spaces.teams.service import get_team
from mmfast.features.spaces.teams.types import Team


async def may_import(ctx: Context, team_id: str) -> Team:
    """Whoever holds the permission in the team."""
    await require_in_team(ctx, team_id, "import_team")
    return await get_team(ctx, team_id)
