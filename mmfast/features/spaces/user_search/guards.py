"""Who may look for people where."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM, INVALID_URL_PARAM, PERMISSION
from mmfast.features.identity.roles.service import find_roles, may, require
from mmfast.features.spaces.channels.guards import may_in_channel
from mmfast.features.spaces.teams.guards import may_in_team
from mmfast.features.spaces.user_search import errors, store
from mmfast.features.spaces.user_search.types import (
    MAX_SEARCH_LIMIT,
    AutocompleteQuery,
    CountQuery,
    ListQuery,
    SearchRequest,
)

SORTS = frozenset({"", "last_activity_at", "create_at", "status", "admin", "display_name"})
TEAM_ROLES = frozenset({"team_user", "team_admin", "team_guest"})
CHANNEL_ROLES = frozenset({"channel_user", "channel_admin", "channel_guest"})


async def _require_places(ctx: Context, teams: tuple[str, ...], channels: tuple[str, ...]) -> None:
    """Refuses the sight into teams and channels that the caller may not look into; empty ids are passed over."""
    for team_id in filter(None, teams):
        if not await may_in_team(ctx, team_id, "view_team"):
            raise PERMISSION(detail="needs view_team in the team")
    for channel_id in filter(None, channels):
        if not await may_in_channel(ctx, channel_id, "read_channel"):
            raise PERMISSION(detail="needs read_channel in the channel")


async def _require_roles(ctx: Context, roles: list[str], team_roles: list[str], channel_roles: list[str]) -> None:
    """Refuses names that are no roles of the server, of teams, or of channels."""
    if len(await find_roles(ctx, roles)) < len(set(roles)):
        raise INVALID_BODY_PARAM(name="roles")
    if not TEAM_ROLES.issuperset(team_roles):
        raise INVALID_BODY_PARAM(name="teamRoles")
    if not CHANNEL_ROLES.issuperset(channel_roles):
        raise INVALID_BODY_PARAM(name="channelRoles")


def _require_sort(query: ListQuery) -> None:
    """Each order makes sense in one place only."""
    in_team_only = query.in_team and not (query.not_in_team or query.in_channel or query.without_team)
    wrong = (
        query.sort not in SORTS
        or (query.sort in ("last_activity_at", "create_at") and not in_team_only)
        or (query.sort in ("status", "admin") and not query.in_channel)
        or (query.sort == "display_name" and not (query.in_group or query.not_in_group))
    )
    if wrong:
        raise INVALID_URL_PARAM(name="sort")


async def may_list_users(ctx: Context, query: ListQuery) -> None:
    """Members of the places that are asked for."""
    _require_sort(query)
    if query.active and query.inactive:
        raise INVALID_URL_PARAM(name="inactive")
    roles = [query.role] if query.role else []
    await _require_roles(ctx, roles + query.roles, query.team_roles, query.channel_roles)
    if query.without_team:
        await require(ctx, "list_users_without_team")
    await _require_places(ctx, (query.in_team, query.not_in_team), (query.in_channel, query.not_in_channel))
    for group_id in filter(None, (query.in_group, query.not_in_group)):
        if not await store.is_group(ctx.db, group_id):
            raise errors.NO_SUCH_GROUP()
        await require(ctx, "sysconsole_read_user_management_groups")


async def may_search_users(ctx: Context, body: SearchRequest) -> None:
    """Members of the places that are asked for."""
    if not body.term:
        raise INVALID_BODY_PARAM(name="term")
    if body.not_in_channel_id and not body.team_id:
        raise INVALID_BODY_PARAM(name="team_id")
    if not 0 <= body.limit <= MAX_SEARCH_LIMIT:
        raise INVALID_BODY_PARAM(name="limit")
    await _require_places(ctx, (body.team_id, body.not_in_team_id), (body.in_channel_id, body.not_in_channel_id))


async def may_autocomplete_users(ctx: Context, query: AutocompleteQuery) -> None:
    """Members of the places that are asked for."""
    if query.in_channel and not query.in_team:
        raise errors.TEAM_MISSING()
    await _require_places(ctx, (query.in_team,), (query.in_channel,))


async def may_count_users(ctx: Context, query: CountQuery) -> None:
    """Who reads the users' page of the console."""
    if not await may(ctx, "sysconsole_read_user_management_users"):
        raise PERMISSION(detail="needs sysconsole_read_user_management_users")
    await _require_roles(ctx, query.roles, query.team_roles, query.channel_roles)
