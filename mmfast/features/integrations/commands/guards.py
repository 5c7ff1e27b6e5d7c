"""Who may manage custom commands: one's own by one permission in the team, those of others by another.

A command that the caller may not manage is refused as if there were none.
"""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM, PERMISSION
from mmfast.features.identity.roles.service import roles_grant
from mmfast.features.identity.users.service import get_user
from mmfast.features.integrations.commands import service
from mmfast.features.integrations.commands.errors import (
    COMMAND_NOT_FOUND,
    CREATOR_NOT_PERMITTED,
    DISABLED,
    OTHER_TEAM,
)
from mmfast.features.integrations.commands.types import Command, CommandDraft, CommandMove, CommandQuery
from mmfast.features.spaces.teams.guards import may_in_team, require_in_team
from mmfast.features.spaces.teams.service import get_roles, get_team

OWN = "manage_own_slash_commands"
OTHERS = "manage_others_slash_commands"


def _require_switched_on(ctx: Context) -> None:
    if not ctx.config.ServiceSettings.EnableCommands:
        raise DISABLED()


async def may_create_command(ctx: Context, body: CommandDraft) -> None:
    """By the permission in the team; for another creator with the permission over others."""
    if not (body.creator_id or ctx.user_id):  # the local caller is nobody who could own it
        raise INVALID_BODY_PARAM(name="creator_id")
    await require_in_team(ctx, body.team_id, OWN)
    if body.creator_id and body.creator_id != ctx.user_id:
        await require_in_team(ctx, body.team_id, OTHERS)
        await get_user(ctx, body.creator_id)
    _require_switched_on(ctx)


async def may_list_commands(ctx: Context, query: CommandQuery) -> bool:
    """Everybody in the team sees what clients offer; those who manage commands see custom ones whole. Gives which."""
    if not query.team_id:
        raise INVALID_BODY_PARAM(name="team_id")
    await require_in_team(ctx, query.team_id, "view_team")
    manages = await may_in_team(ctx, query.team_id, OWN)
    if query.custom_only:
        if not manages:
            raise PERMISSION(detail=f"needs {OWN} in the team")
        _require_switched_on(ctx)
    return manages


async def may_manage_command(ctx: Context, command_id: str) -> Command:
    """Its creator with one permission in the command's team, others with another."""
    if not ctx.config.ServiceSettings.EnableCommands:
        raise COMMAND_NOT_FOUND()
    command = await service.get_command(ctx, command_id)
    needed = OWN if command.creator_id == ctx.user_id else OTHERS
    if not await may_in_team(ctx, command.team_id, needed):
        raise COMMAND_NOT_FOUND(detail=f"needs {needed} in the team")
    return command


async def may_update_command(ctx: Context, command_id: str, body: CommandDraft) -> Command:
    """As `may_manage_command`; the team stays."""
    if body.id != command_id:
        raise INVALID_BODY_PARAM(name="command_id")
    command = await may_manage_command(ctx, command_id)
    if body.team_id != command.team_id:
        raise OTHER_TEAM()
    return command


async def may_move_command(ctx: Context, command_id: str, body: CommandMove) -> Command:
    """Who manages commands in both teams moves one, if its creator may have commands in the new one."""
    team = await get_team(ctx, body.team_id)
    await require_in_team(ctx, team.id, OWN)
    command = await may_manage_command(ctx, command_id)
    if command.creator_id != ctx.user_id:
        creator = await get_user(ctx, command.creator_id)
        roles = f"{creator.roles} {await get_roles(ctx, team.id, creator.id)}"
        if not await roles_grant(ctx, roles, OWN):
            raise CREATOR_NOT_PERMITTED()
    return command


async def may_type_commands(ctx: Context, team_id: str) -> None:
    """Everybody in the team."""
    await require_in_team(ctx, team_id, "view_team")
