"""Who may read, add, remove and promote the members of a team."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM, PERMISSION
from mmfast.core.ids import is_valid_id
from mmfast.features.identity.roles.service import may, require, require_user_or
from mmfast.features.spaces.schemes.types import SchemeRoles
from mmfast.features.spaces.team_members.types import MinusGroupsQuery
from mmfast.features.spaces.teams import service as teams
from mmfast.features.spaces.teams.guards import may_in_team, require_in_team
from mmfast.features.spaces.teams.types import Team, TeamMemberCreate

MAX_ROWS = 256


async def may_read_members(ctx: Context, team_id: str) -> None:
    """Members, and those who may see every team."""
    await require_in_team(ctx, team_id, "view_team")


async def may_read_members_by_ids(ctx: Context, team_id: str, body: list[str]) -> None:
    """Like `may_read_members`; an empty list is refused first."""
    if not body:
        raise INVALID_BODY_PARAM(name="user_ids")
    await may_read_members(ctx, team_id)


async def may_add_member(ctx: Context, team_id: str, body: TeamMemberCreate) -> Team:
    """One joins a team that is open on one's own; adding others is a permission in the team."""
    if body.team_id != team_id:
        raise INVALID_BODY_PARAM(name="team_id")
    if not is_valid_id(body.user_id):
        raise INVALID_BODY_PARAM(name="user_id")
    team = await teams.get_team(ctx, team_id)
    if body.user_id == ctx.user_id and not await teams.is_member(ctx, team_id, ctx.user_id):
        allowed = await may(ctx, "join_public_teams" if team.allow_open_invite else "join_private_teams")
    else:
        allowed = await may_in_team(ctx, team_id, "add_user_to_team")
    if not allowed:
        raise PERMISSION(detail="may not add members to the team")
    return team


async def may_add_members(ctx: Context, team_id: str, body: list[TeamMemberCreate]) -> Team:
    """Those who may add others to the team."""
    if not 0 < len(body) <= MAX_ROWS:
        raise INVALID_BODY_PARAM(name="members")
    for row in body:
        if row.team_id != team_id or not is_valid_id(row.user_id):
            raise INVALID_BODY_PARAM(name="members")
    await require_in_team(ctx, team_id, "add_user_to_team")
    return await teams.get_team(ctx, team_id)


async def may_remove_member(ctx: Context, team_id: str, user_id: str) -> None:
    """Oneself, or whom one may remove."""
    if user_id != ctx.user_id:
        await require_in_team(ctx, team_id, "remove_user_from_team")


async def may_set_roles(ctx: Context, team_id: str) -> None:
    """Those who manage roles in the team."""
    await require_in_team(ctx, team_id, "manage_team_roles")


async def may_set_scheme_roles(ctx: Context, team_id: str, body: SchemeRoles) -> None:
    """Like `may_set_roles`; a broken body is refused first."""
    await may_set_roles(ctx, team_id)


async def may_read_memberships(ctx: Context, user_id: str) -> None:
    """One's own memberships, or those of users one may edit."""
    await require_user_or(ctx, user_id)


async def may_read_unread(ctx: Context, user_id: str, team_id: str) -> None:
    """One's own unread counts of a team one is in, or those of users one may edit."""
    await require_user_or(ctx, user_id)
    await require_in_team(ctx, team_id, "view_team")


async def may_compare_with_groups(ctx: Context, query: MinusGroupsQuery) -> None:
    """Those who read groups in the System Console."""
    if not query.group_ids or not all(is_valid_id(group_id) for group_id in query.group_ids):
        raise INVALID_BODY_PARAM(name="group_ids")
    await require(ctx, "sysconsole_read_user_management_groups")
