"""The routes of teams and of adding members."""

import msgspec

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.operation import operation
from mmfast.api.responses import Created
from mmfast.core.ids import is_valid_id
from mmfast.features.identity.users.service import get_user
from mmfast.features.spaces.teams import service
from mmfast.features.spaces.teams.errors import MEMBER_BODY_INVALID
from mmfast.features.spaces.teams.events import AddedToTeam
from mmfast.features.spaces.teams.guards import may_add_member, may_create_team, may_in_team, may_view_team
from mmfast.features.spaces.teams.types import Team, TeamCreate, TeamMember, TeamMemberCreate


async def as_seen(ctx: Context, team: Team) -> Team:
    """The team without its e-mail address for who does not manage it, without its invite id for who may not invite."""
    if not await may_in_team(ctx, team.id, "manage_team"):
        team = msgspec.structs.replace(team, email="", allowed_domains="")
    if not await may_in_team(ctx, team.id, "invite_user"):
        team = msgspec.structs.replace(team, invite_id="")
    return team


@operation("CreateTeam", "POST /teams", guard=may_create_team)
async def create_team(ctx: Context, body: TeamCreate) -> Created[Team]:
    """Makes a team; its maker becomes its admin."""
    team = await service.create_team(ctx, body, await get_user(ctx, ctx.user_id))
    return Created(await as_seen(ctx, team))


@operation("GetTeam", "GET /teams/{team_id}", guard=may_view_team)
async def get_team(ctx: Context, loaded: Team) -> Team:
    """A team."""
    return await as_seen(ctx, loaded)


@operation("AddTeamMember", "POST /teams/{team_id}/members", guard=may_add_member, body_error=MEMBER_BODY_INVALID)
async def add_team_member(ctx: Context, body: TeamMemberCreate, loaded: Team) -> Created[TeamMember]:
    """Adds a member, or oneself."""
    if not is_valid_id(body.user_id):
        raise INVALID_BODY_PARAM(name="user_id")
    user = await get_user(ctx, body.user_id)
    member = await service.add_member(ctx, loaded, user, actor_id=ctx.user_id)
    ctx.announce(AddedToTeam(team_id=loaded.id, user_id=user.id).to(user_id=user.id))
    return Created(member)
