"""Who may search posts. What is found is in channels that the searcher is in, whatever the permissions."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.features.messages.post_search.errors import DISABLED
from mmfast.features.messages.search_terms.types import SearchRequest
from mmfast.features.spaces.teams.guards import require_in_team


async def may_search(ctx: Context, body: SearchRequest) -> None:
    """Everybody signed in, for something."""
    if not body.terms:
        raise INVALID_BODY_PARAM(name="terms")
    if not ctx.config.ServiceSettings.EnablePostSearch:
        raise DISABLED()


async def may_search_team(ctx: Context, team_id: str, body: SearchRequest) -> None:
    """Whoever may see the team."""
    await require_in_team(ctx, team_id, "view_team")
    await may_search(ctx, body)
