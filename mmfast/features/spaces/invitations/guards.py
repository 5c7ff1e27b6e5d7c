"""Who may invite, and who may take invitations back."""

from mmfast.api.context import Context
from mmfast.features.identity.roles.service import require
from mmfast.features.spaces.invitations import errors
from mmfast.features.spaces.teams.guards import require_in_team


async def may_invite(ctx: Context, team_id: str) -> None:
    """Who may add members to the team, while invitations by mail are on."""
    await require_in_team(ctx, team_id, "invite_user")
    await require_in_team(ctx, team_id, "add_user_to_team")
    if not ctx.config.ServiceSettings.EnableEmailInvitations:
        raise errors.SWITCHED_OFF()


async def may_invite_guests(ctx: Context, team_id: str) -> None:
    """Nobody yet: the reference invites guests on licensed servers only, and says so before anything else."""
    raise errors.GUESTS_NEED_LICENSE()


async def may_take_back(ctx: Context) -> None:
    """Who holds the permission for it."""
    await require(ctx, "invalidate_email_invite")
