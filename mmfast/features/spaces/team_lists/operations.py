"""The routes of lists of teams."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.features.spaces.team_lists import errors, guards, store
from mmfast.features.spaces.team_lists.types import MAX_PAGE, ListQuery, Scope, TeamSearch, TeamsPage
from mmfast.features.spaces.teams.guards import as_seen
from mmfast.features.spaces.teams.types import Team

EVERYTHING = 10_000
"""A search without pages ends here: it is for people, who type on."""


@operation("GetAllTeams", "GET /teams", guard=guards.may_list_teams)
async def get_all_teams(ctx: Context, query: ListQuery, loaded: Scope) -> list[Team] | TeamsPage:
    """A page of the teams that the caller may see."""
    limit = min(query.per_page, MAX_PAGE) if query.per_page >= 0 else 60
    found = await store.list_teams(ctx.db, loaded, max(query.page, 0) * limit, limit)
    shown = [await as_seen(ctx, team) for team in found]
    if query.include_total_count:
        return TeamsPage(shown, await store.count_teams(ctx.db, loaded))
    return shown


@operation("SearchTeams", "POST /teams/search", guard=guards.may_search_teams, busy_refuses=True)
async def search_teams(ctx: Context, body: TeamSearch, loaded: Scope) -> list[Team] | TeamsPage:
    """Finds teams by a part of their names; page by page for those who may see all."""
    if not isinstance(body.page, int) or not isinstance(body.per_page, int):
        found = await store.search_teams(ctx.db, loaded, body, 0, EVERYTHING)
        return [await as_seen(ctx, team) for team in found]
    if not loaded.private:
        raise errors.PUBLIC_PAGING()
    if not loaded.open:
        raise errors.PRIVATE_PAGING()
    limit = max(1, min(body.per_page, MAX_PAGE))
    found = await store.search_teams(ctx.db, loaded, body, max(body.page, 0) * limit, limit)
    return TeamsPage([await as_seen(ctx, team) for team in found], await store.count_found(ctx.db, loaded, body))


@operation("GetTeamsForUser", "GET /users/{user_id}/teams", guard=guards.may_read_teams_of)
async def get_teams_for_user(ctx: Context, user_id: str) -> list[Team]:
    """The teams in use that a user is in."""
    return [await as_seen(ctx, team) for team in await store.list_teams_of_user(ctx.db, user_id)]
