"""Who may do what in a team: by the roles held there, else by the system's."""

import msgspec

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM, PERMISSION
from mmfast.features.identity.roles.service import MANAGE_SYSTEM, may, roles_grant
from mmfast.features.spaces.teams import service
from mmfast.features.spaces.teams.errors import DELETION_NOT_ENABLED, DELETION_NOT_ENABLED_FOR_ADMIN
from mmfast.features.spaces.teams.types import (
    INVITE_ONLY,
    OPEN,
    DeleteQuery,
    Privacy,
    Team,
    TeamCreate,
    TeamPatch,
    TeamUpdate,
)


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


async def may_manage_team(ctx: Context, team_id: str) -> Team:
    """Those who manage the team; who may not is refused whether or not the team exists."""
    await require_in_team(ctx, team_id, "manage_team")
    return await service.get_team(ctx, team_id)


async def may_update_team(ctx: Context, team_id: str, body: TeamUpdate) -> Team:
    """Like `may_manage_team`; the body must name the team of the address."""
    if body.id != team_id:
        raise INVALID_BODY_PARAM(name="id")
    return await may_manage_team(ctx, team_id)


async def may_patch_team(ctx: Context, team_id: str, body: TeamPatch) -> Team:
    """Like `may_manage_team`; a broken body is refused first."""
    return await may_manage_team(ctx, team_id)


async def may_set_privacy(ctx: Context, team_id: str, body: Privacy) -> Team:
    """Like `may_manage_team`; the body is looked at first."""
    if body.privacy not in (OPEN, INVITE_ONLY):
        raise INVALID_BODY_PARAM(name="privacy")
    return await may_manage_team(ctx, team_id)


async def may_delete_team(ctx: Context, team_id: str, query: DeleteQuery) -> Team:
    """Those who manage the team; for good only where the configuration allows it."""
    team = await may_manage_team(ctx, team_id)
    if query.permanent and not ctx.config.ServiceSettings.EnableAPITeamDeletion:
        raise DELETION_NOT_ENABLED_FOR_ADMIN() if await may(ctx, MANAGE_SYSTEM) else DELETION_NOT_ENABLED()
    return team


async def may_view_team_by_name(ctx: Context, team_name: str) -> Team:
    """Like `may_view_team`."""
    team = await service.get_team_by_name(ctx, team_name)
    return await may_view_team(ctx, team.id)


async def as_seen(ctx: Context, team: Team) -> Team:
    """The team without its e-mail address for who does not manage it, without its invite id for who may not invite."""
    if not await may_in_team(ctx, team.id, "manage_team"):
        team = msgspec.structs.replace(team, email="")
    if not await may_in_team(ctx, team.id, "invite_user"):
        team = msgspec.structs.replace(team, invite_id="")
    return team
