"""Who may list which teams."""

from mmfast.api.context import Context
from mmfast.api.errors import PERMISSION
from mmfast.features.identity.roles.service import may, may_any, require, require_user_or
from mmfast.features.spaces.team_lists import errors
from mmfast.features.spaces.team_lists.types import ListQuery, Scope, TeamSearch

RETENTION = ("sysconsole_read_compliance_data_retention_policy",)


async def _scope(ctx: Context) -> Scope:
    return Scope(open=await may(ctx, "list_public_teams"), private=await may(ctx, "list_private_teams"))


async def may_list_teams(ctx: Context, query: ListQuery) -> Scope:
    """Which teams the caller may list; a filter on retention policies is the administrator's."""
    if query.exclude_policy_constrained:
        await require(ctx, *RETENTION)
    scope = await _scope(ctx)
    if not scope.open and not scope.private:
        raise errors.LIST_REFUSED()
    return scope


async def may_search_teams(ctx: Context, body: TeamSearch) -> Scope:
    """Which teams the caller may search; filters on retention policies are the administrator's."""
    if (body.exclude_policy_constrained or body.policy_id) and not await may_any(ctx, *RETENTION):
        raise PERMISSION(detail="needs " + RETENTION[0])
    return await _scope(ctx)


async def may_read_teams_of(ctx: Context, user_id: str) -> None:
    """One's own teams, or those of anybody for who reads users in the System Console."""
    await require_user_or(ctx, user_id, "sysconsole_read_user_management_users")
