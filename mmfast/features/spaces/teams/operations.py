"""The routes of teams."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.api.responses import Created
from mmfast.core.errors import AppError
from mmfast.core.ids import is_valid_id
from mmfast.features.identity.users.service import get_user
from mmfast.features.spaces.teams import errors, service
from mmfast.features.spaces.teams.guards import (
    as_seen,
    may_create_team,
    may_delete_team,
    may_manage_team,
    may_patch_team,
    may_set_privacy,
    may_update_team,
    may_view_team,
    may_view_team_by_name,
)
from mmfast.features.spaces.teams.types import (
    DeleteQuery,
    Exists,
    Privacy,
    SchemeChoice,
    Team,
    TeamCreate,
    TeamPatch,
    TeamUpdate,
)


@operation("CreateTeam", "POST /teams", guard=may_create_team)
async def create_team(ctx: Context, body: TeamCreate) -> Created[Team]:
    """Makes a team; its maker becomes its admin."""
    team = await service.create_team(ctx, body, await get_user(ctx, ctx.user_id) if ctx.user_id else None)
    return Created(await as_seen(ctx, team))


@operation("GetTeam", "GET /teams/{team_id}", guard=may_view_team)
async def get_team(ctx: Context, loaded: Team) -> Team:
    """A team."""
    return await as_seen(ctx, loaded)


@operation("GetTeamByName", "GET /teams/name/{team_name}", guard=may_view_team_by_name)
async def get_team_by_name(ctx: Context, loaded: Team) -> Team:
    """A team by its name."""
    return await as_seen(ctx, loaded)


@operation("TeamExists", "GET /teams/name/{team_name}/exists", guard=SIGNED_IN)
async def team_exists(ctx: Context, team_name: str) -> Exists:
    """Whether there is a team of this name that the caller may know of."""
    try:
        await may_view_team_by_name(ctx, team_name)
    except AppError as refusal:
        if refusal.status in (403, 404):
            return Exists(False)
        raise
    return Exists(True)


@operation("UpdateTeam", "PUT /teams/{team_id}", guard=may_update_team)
async def update_team(ctx: Context, body: TeamUpdate, loaded: Team) -> Team:
    """Replaces a team's properties."""
    return await as_seen(ctx, await service.update_team(ctx, loaded, body))


@operation("PatchTeam", "PUT /teams/{team_id}/patch", guard=may_patch_team)
async def patch_team(ctx: Context, body: TeamPatch, loaded: Team) -> Team:
    """Changes some of a team's properties."""
    return await as_seen(ctx, await service.patch_team(ctx, loaded, body))


@operation("UpdateTeamPrivacy", "PUT /teams/{team_id}/privacy", guard=may_set_privacy)
async def update_team_privacy(ctx: Context, body: Privacy, loaded: Team) -> Team:
    """Makes a team open or invite-only."""
    return await as_seen(ctx, await service.set_privacy(ctx, loaded, body.privacy))


@operation("RegenerateTeamInviteId", "POST /teams/{team_id}/regenerate_invite_id", guard=may_manage_team)
async def regenerate_team_invite_id(ctx: Context, loaded: Team) -> Team:
    """Gives the team another invite id."""
    return await as_seen(ctx, await service.renew_invite_id(ctx, loaded))


@operation("SoftDeleteTeam", "DELETE /teams/{team_id}", guard=may_delete_team)
async def delete_team(ctx: Context, query: DeleteQuery, loaded: Team) -> None:
    """Archives a team, or deletes it for good."""
    if query.permanent:
        await service.delete_team_forever(ctx, loaded)
    else:
        await service.archive_team(ctx, loaded)


@operation("RestoreTeam", "POST /teams/{team_id}/restore", guard=may_manage_team)
async def restore_team(ctx: Context, loaded: Team) -> Team:
    """Brings an archived team back."""
    return await as_seen(ctx, await service.restore_team(ctx, loaded))


@operation("UpdateTeamScheme", "PUT /teams/{team_id}/scheme", guard=SIGNED_IN)
async def update_team_scheme(ctx: Context, body: SchemeChoice) -> None:
    """Giving a scheme to a team needs a licence on the reference; a malformed body is refused first."""
    if body.scheme_id is None or (body.scheme_id and not is_valid_id(body.scheme_id)):
        raise INVALID_BODY_PARAM(name="scheme_id")
    raise errors.SCHEME_UNLICENSED()
