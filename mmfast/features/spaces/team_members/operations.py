"""The routes of team memberships."""

from typing import Any

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.operation import operation
from mmfast.api.responses import Created
from mmfast.features.spaces.schemes.types import SchemeRoles
from mmfast.features.spaces.team_members import guards, service, store
from mmfast.features.spaces.team_members.types import (
    BatchQuery,
    BatchRow,
    ListQuery,
    MinusGroupsQuery,
    RolesBody,
    TeamStats,
    TeamUnread,
    UnreadQuery,
)
from mmfast.features.spaces.teams import service as teams
from mmfast.features.spaces.teams.errors import MEMBER_BODY_INVALID
from mmfast.features.spaces.teams.types import Team, TeamMember, TeamMemberCreate

MAX_PAGE = 200


@operation("GetTeamMembers", "GET /teams/{team_id}/members", guard=guards.may_read_members)
async def get_team_members(ctx: Context, team_id: str, query: ListQuery) -> list[TeamMember]:
    """A page of a team's members."""
    limit = min(query.per_page, MAX_PAGE) if query.per_page >= 0 else 60
    found = await store.list_members(ctx.db, team_id, query, max(query.page, 0) * limit, limit)
    return [await teams.with_roles(ctx, member) for member in found]


@operation(
    "AddTeamMember", "POST /teams/{team_id}/members", guard=guards.may_add_member, body_error=MEMBER_BODY_INVALID
)
async def add_team_member(ctx: Context, body: TeamMemberCreate, loaded: Team) -> Created[TeamMember]:
    """Adds a member, or oneself."""
    return Created(await service.add_member(ctx, loaded, body.user_id))


@operation(
    "AddTeamMembers", "POST /teams/{team_id}/members/batch", guard=guards.may_add_members, body_error=INVALID_BODY_PARAM
)
async def add_team_members(
    ctx: Context, query: BatchQuery, body: list[TeamMemberCreate], loaded: Team
) -> Created[list[TeamMember]] | Created[list[BatchRow]]:
    """Adds several members: all or none, or gracefully as many as can be."""
    user_ids = [row.user_id for row in body]
    if query.graceful:
        return Created(await service.add_members_gracefully(ctx, loaded, user_ids))
    return Created(await service.add_members(ctx, loaded, user_ids))


@operation("GetTeamMember", "GET /teams/{team_id}/members/{user_id}", guard=guards.may_read_members)
async def get_team_member(ctx: Context, team_id: str, user_id: str) -> TeamMember:
    """One membership, also one that has ended."""
    return await teams.get_member(ctx, team_id, user_id)


@operation("GetTeamMembersByIds", "POST /teams/{team_id}/members/ids", guard=guards.may_read_members_by_ids)
async def get_team_members_by_ids(ctx: Context, team_id: str, body: list[str]) -> list[TeamMember]:
    """The memberships of those of these users who are in."""
    found = await store.list_members_by_ids(ctx.db, team_id, body)
    return [await teams.with_roles(ctx, member) for member in found]


@operation("RemoveTeamMember", "DELETE /teams/{team_id}/members/{user_id}", guard=guards.may_remove_member)
async def remove_team_member(ctx: Context, team_id: str, user_id: str) -> None:
    """Removes a member, or leaves."""
    await service.remove_member(ctx, team_id, user_id)


@operation("UpdateTeamMemberRoles", "PUT /teams/{team_id}/members/{user_id}/roles", guard=guards.may_set_roles)
async def update_team_member_roles(ctx: Context, team_id: str, user_id: str, body: RolesBody) -> None:
    """Sets a member's roles by name."""
    await service.update_roles(ctx, team_id, user_id, body.roles)


@operation(
    "UpdateTeamMemberSchemeRoles",
    "PUT /teams/{team_id}/members/{user_id}/schemeRoles",
    guard=guards.may_set_scheme_roles,
)
async def update_team_member_scheme_roles(ctx: Context, team_id: str, user_id: str, body: SchemeRoles) -> None:
    """Sets a member's roles by the scheme's flags."""
    await service.update_scheme_roles(ctx, team_id, user_id, body)


@operation("GetTeamStats", "GET /teams/{team_id}/stats", guard=guards.may_read_members)
async def get_team_stats(ctx: Context, team_id: str) -> TeamStats:
    """How many members a team has."""
    return await store.count_members(ctx.db, team_id)


@operation("GetTeamMembersForUser", "GET /users/{user_id}/teams/members", guard=guards.may_read_memberships)
async def get_team_members_for_user(ctx: Context, user_id: str) -> list[TeamMember]:
    """All memberships of a user, ended ones too."""
    return [await teams.with_roles(ctx, member) for member in await store.list_memberships(ctx.db, user_id)]


@operation("GetTeamsUnreadForUser", "GET /users/{user_id}/teams/unread", guard=guards.may_read_memberships)
async def get_teams_unread(ctx: Context, user_id: str, query: UnreadQuery) -> list[TeamUnread]:
    """What a user has not read, by team."""
    return await service.list_unread(ctx, user_id, query)


@operation("GetTeamUnread", "GET /users/{user_id}/teams/{team_id}/unread", guard=guards.may_read_unread)
async def get_team_unread(ctx: Context, user_id: str, team_id: str) -> TeamUnread:
    """What a user has not read in one team."""
    return await service.get_unread(ctx, user_id, team_id)


@operation(
    "TeamMembersMinusGroupMembers",
    "GET /teams/{team_id}/members_minus_group_members",
    guard=guards.may_compare_with_groups,
)
async def get_members_minus_group_members(ctx: Context, team_id: str, query: MinusGroupsQuery) -> dict[str, Any]:
    """Who would have to leave if the team were kept to some groups."""
    return await service.list_outside_groups(ctx, team_id, query)
