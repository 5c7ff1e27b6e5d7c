"""Makes, honours and takes back invitations."""

from typing import Final

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.errors import AppError, ErrorKind
from mmfast.core.hooks import Hook
from mmfast.core.text import translate
from mmfast.features.identity.one_time_tokens import service as tokens
from mmfast.features.identity.one_time_tokens.types import LIFETIME, OneTimeToken
from mmfast.features.identity.system_bot.service import get_system_bot
from mmfast.features.identity.users import service as users
from mmfast.features.identity.users.errors import INVITATION_UNKNOWN
from mmfast.features.identity.users.service import SIGNUP_REQUESTED, USER_CREATED
from mmfast.features.identity.users.types import SignupRequested, UserCreated
from mmfast.features.spaces.invitations import errors, store
from mmfast.features.spaces.invitations.types import (
    GUEST_INVITATION,
    TEAM_INVITATION,
    InvitationMade,
    InviteRequest,
    InviteResult,
)
from mmfast.features.spaces.teams import service as teams
from mmfast.features.spaces.teams.types import OPEN, Team, TeamMember

INVITATION_MADE: Final[Hook[InvitationMade]] = Hook("invitation_made")
"""Run for each invitation that is to be mailed."""

_TEAM: Final = "team_id"


async def get_team(ctx: Context, invite_id: str) -> Team:
    """The team that an invite id belongs to."""
    team_id = await store.find_team_id(ctx.db, invite_id)
    if team_id is None:
        raise errors.UNKNOWN_INVITE_ID()
    return await teams.get_team(ctx, team_id)


async def get_public_team(ctx: Context, invite_id: str) -> Team:
    """The same, for anybody's eyes: a team by invitation only tells nothing of itself."""
    team = await get_team(ctx, invite_id)
    if team.type != OPEN:
        raise errors.NOT_OPEN()
    return team


def _is_accepted(ctx: Context, team: Team, email: str) -> bool:
    return users.is_domain_accepted(email, ctx.config.TeamSettings.RestrictCreationToDomains) and (
        users.is_domain_accepted(email, team.allowed_domains)
    )


async def invite(ctx: Context, team: Team, request: InviteRequest, *, graceful: bool) -> list[InviteResult]:
    """Has an invitation mailed to each address. Unless `graceful`, one address that is not accepted refuses all."""
    refused = [e for e in request.emails if not _is_accepted(ctx, team, e)]
    if refused and not graceful:
        raise errors.EMAIL_NOT_ACCEPTED(detail=", ".join(refused))
    sender = await users.get_user(ctx, ctx.user_id) if ctx.user_id else await get_system_bot(ctx, "")
    results = []
    for email in request.emails:
        if email in refused:
            results.append(InviteResult(email, _told(errors.EMAIL_NOT_ACCEPTED())))
            continue
        data = {"teamId": team.id, "email": email, "channels": " ".join(request.channelIds), "senderId": sender.id}
        token = await tokens.create_token(ctx, TEAM_INVITATION, data)
        news = InvitationMade(team, sender, email, token.token, request.message)
        await INVITATION_MADE.run(ctx, news)
        results.append(InviteResult(email, None if news.sent else _told(errors.NOT_SENT())))
    return results


def _told(error: AppError) -> dict[str, object]:
    """The error as a part of an answer that is none."""
    return {
        "id": error.id,
        "message": translate("", error.id, error.kind.text, error.params),
        "detailed_error": "",
        "status_code": error.status,
    }


async def take_back_all(ctx: Context) -> None:
    """Makes all mailed invitations void."""
    await store.delete_tokens(ctx.db, [TEAM_INVITATION, GUEST_INVITATION])


async def _take_token(ctx: Context, text: str, unknown: ErrorKind) -> OneTimeToken:
    token = await tokens.find_token(ctx, TEAM_INVITATION, text)
    if token is None:
        raise unknown()
    if now_ms() - token.create_at >= LIFETIME:
        raise errors.LINK_EXPIRED()
    return token


async def join(ctx: Context, token_text: str, invite_id: str) -> TeamMember:
    """Makes the caller a member, by the token of a mail or a team's invite id."""
    if not token_text and not invite_id:
        raise errors.NOTHING_GIVEN()
    user = await users.get_user(ctx, ctx.user_id)
    async with ctx.transaction():
        if token_text:
            token = await _take_token(ctx, token_text, errors.LINK_UNKNOWN)
            team = await teams.get_team(ctx, str(token.data().get("teamId", "")))
            await tokens.use_up(ctx, token)
        else:
            team = await get_team(ctx, invite_id)
        if user.is_guest:
            raise errors.GUESTS_CANNOT_JOIN()
        if team.group_constrained:
            raise errors.GROUPS_ONLY()
        return await teams.add_member(ctx, team, user)


@SIGNUP_REQUESTED.register
async def honour_invitation(ctx: Context, news: SignupRequested) -> None:
    """Checks what a stranger signs up with. A mail's token proves the address that it was sent to."""
    invitation, draft = news.invitation, news.draft
    if invitation.token:
        token = await _take_token(ctx, invitation.token, INVITATION_UNKNOWN)
        data = token.data()
        if str(data.get("email", "")).lower() != draft.email.strip().lower():
            raise errors.OTHER_EMAIL()
        if not await tokens.use_up(ctx, token):
            raise INVITATION_UNKNOWN()
        draft.email_verified = True
        team = await teams.get_team(ctx, str(data.get("teamId", "")))
    else:
        team = await get_team(ctx, invitation.invite_id)
    if team.group_constrained:
        raise errors.GROUPS_ONLY()
    if not users.is_domain_accepted(draft.email.strip(), team.allowed_domains):
        raise errors.EMAIL_NOT_ACCEPTED_AT_SIGNUP()
    invitation.honoured = True
    invitation.data[_TEAM] = team.id


@USER_CREATED.register
async def bring_into_team(ctx: Context, news: UserCreated) -> None:
    """The new account joins the team that it was invited to."""
    if news.invitation is None or _TEAM not in news.invitation.data:
        return
    await teams.add_member(ctx, await teams.get_team(ctx, news.invitation.data[_TEAM]), news.user)
