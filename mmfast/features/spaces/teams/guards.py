"""Who may do what in a team: by the roles held there, else by the system's."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM, PERMISSION
from mmfast.core.ids import is_valid_id
from mmfast.features.identity.roles.service import may, roles_grant
from mmfast.features.spaces.teams import service
from mmfast.features.spaces.teams.types import OPEN, Team, TeamCreate, TeamMemberCreate


async def may_in_team(ctx: Context, team_id: str, permission: str) -> bool:
    """Whether the session holds the permission in the team."""
    if not team_id:
        return False
    roles = await service.get_roles(ctx, team_id, ctx.user_id)
    if roles and await roles_grant(ctx, roles, permission):
        return True
    return await may(ctx, permission)


async def require_in_team(ctx: Context, team_id: str, permission: str) -> None:
    """Refuses who lacks the permission in the team."""
    if not await may_in_team(ctx, team_id, permission):
        raise PERMISSION(detail=f"needs {permission} in the team")


async def may_view_team(ctx: Context, team_id: str) -> Team:
    """Members read their team; others read it if anyone may join it."""
    team = await service.get_team(ctx, team_id)
    if (not team.allow_open_invite or team.type != OPEN) and not await may_in_team(ctx, team_id, "view_team"):
        raise PERMISSION(detail="needs view_team in the team")
    return team


async def may_create_team(ctx: Context, body: TeamCreate) -> None:
    """Making a team is a permission; giving it a scheme is the administrator's."""
    if body.scheme_id and not await may(ctx, "sysconsole_write_user_management_permissions"):
        raise PERMISSION(detail="needs sysconsole_write_user_management_permissions")
    if not await may(ctx, "create_team"):
        raise PERMISSION(detail="needs create_team")


async def may_add_member(ctx: Context, team_id: str, body: TeamMemberCreate) -> Team:
    """One joins a team that is open on one's own; adding others is a permission in the team."""
    if body.team_id != team_id:
        raise INVALID_BODY_PARAM(name="team_id")
    if not is_valid_id(body.user_id):
        raise INVALID_BODY_PARAM(name="user_id")
    team = await service.get_team(ctx, team_id)
    if body.user_id == ctx.user_id and not await service.is_member(ctx, team_id, ctx.user_id):
        allowed = await may(ctx, "join_public_teams" if team.allow_open_invite else "join_private_teams")
    else:
        allowed = await may_in_team(ctx, team_id, "add_user_to_team")
    if not allowed:
        raise PERMISSION(detail="may not add members to the team")
    return team
