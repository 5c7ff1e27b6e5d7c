"""Invitations, as asked for and as mailed."""

from typing import Any, Final

import msgspec

from mmfast.features.identity.users.types import User
from mmfast.features.spaces.teams.types import Team

TEAM_INVITATION: Final = "team_invitation"
GUEST_INVITATION: Final = "guest_invitation"


class InviteInfo(msgspec.Struct):
    """What anybody with a team's invite link learns of the team."""

    id: str
    name: str
    display_name: str
    description: str


class InviteQuery(msgspec.Struct):
    """With `graceful`, the answer tells of each address whether its mail went out."""

    graceful: bool = False


class InviteRequest(msgspec.Struct):
    """The addresses to invite, when more than they are given."""

    emails: list[str] = []
    channelIds: list[str] = []
    message: str = ""


class InviteResult(msgspec.Struct):
    """What became of one address."""

    email: str
    error: dict[str, Any] | None = None


class JoinQuery(msgspec.Struct):
    """By what somebody joins: the token of a mail, or a team's invite id."""

    token: str = ""
    invite_id: str = ""


class InvitationMade(msgspec.Struct):
    """News: an invitation is to be mailed. Who sends it sets `sent`."""

    team: Team
    sender: User
    email: str
    token: str
    message: str = ""
    sent: bool = False
