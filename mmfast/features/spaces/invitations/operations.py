"""The routes of invitations."""

from typing import Any

import msgspec

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.guards import PUBLIC, SIGNED_IN
from mmfast.api.operation import OPTIONAL, operation
from mmfast.api.responses import Created
from mmfast.features.spaces.invitations import errors, guards, service
from mmfast.features.spaces.invitations.types import InviteInfo, InviteQuery, InviteRequest, InviteResult, JoinQuery
from mmfast.features.spaces.teams.service import get_team
from mmfast.features.spaces.teams.types import TeamMember


@operation("GetTeamInviteInfo", "GET /teams/invite/{invite_id}", guard=PUBLIC, auth=OPTIONAL, unchecked=("invite_id",))
async def get_team_invite_info(ctx: Context, invite_id: str) -> InviteInfo:
    """To which team an invite link leads."""
    team = await service.get_public_team(ctx, invite_id)
    return InviteInfo(team.id, team.name, team.display_name, team.description)


def _read_request(body: Any) -> InviteRequest:
    """A bare list of addresses, or an object that holds one."""
    try:
        request = msgspec.convert({"emails": body} if isinstance(body, list) else body, InviteRequest)
    except msgspec.ValidationError as error:
        raise errors.BAD_BODY(detail=str(error)) from None
    if not request.emails:
        raise INVALID_BODY_PARAM(name="user_email")
    request.emails = [email.strip().lower() for email in request.emails]
    return request


@operation(
    "InviteUsersToTeam", "POST /teams/{team_id}/invite/email", guard=guards.may_invite, body_error=errors.BAD_BODY
)
async def invite_users_to_team(ctx: Context, team_id: str, body: Any, query: InviteQuery) -> list[InviteResult] | None:
    """Has invitations mailed."""
    request = _read_request(body)
    results = await service.invite(ctx, await get_team(ctx, team_id), request, graceful=query.graceful)
    return results if query.graceful else None


@operation("InviteGuestsToTeam", "POST /teams/{team_id}/invite-guests/email", guard=guards.may_invite_guests)
async def invite_guests_to_team(ctx: Context) -> None:
    """Never reached: the guard refuses."""


@operation("InvalidateEmailInvites", "DELETE /teams/invites/email", guard=guards.may_take_back)
async def invalidate_email_invites(ctx: Context) -> None:
    """Makes all mailed invitations void."""
    await service.take_back_all(ctx)


@operation("AddTeamMemberFromInvite", "POST /teams/members/invite", guard=SIGNED_IN)
async def add_team_member_from_invite(ctx: Context, query: JoinQuery) -> Created[TeamMember]:
    """The caller joins a team by invitation."""
    return Created(await service.join(ctx, query.token, query.invite_id))
