"""Who may search posts. What is found is in channels that the searcher is in, whatever the permissions."""

from mmfast.api.context import Context
from mmfast.features.messages.post_search import service
from mmfast.features.messages.search_terms.types import SearchRequest
from mmfast.features.spaces.teams.guards import require_in_team


async def may_search(ctx: Context, body: SearchRequest) -> None:
    """Everybody signed in, for something."""
    service.require_search(ctx, body)


async def may_search_team(ctx: Context, team_id: str) -> None:
    """Whoever may see the team; others are refused whatever they search for."""
    await require_in_team(ctx, team_id, "view_team")
