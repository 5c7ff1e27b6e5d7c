"""A team and its members as the wire knows them."""

from msgspec import UNSET, Struct, UnsetType

OPEN = "O"
INVITE_ONLY = "I"


class Team(Struct):
    """A row of Teams, in the order of `store.COLUMNS`. Cached and shared: never changed in place."""

    id: str
    create_at: int
    update_at: int
    delete_at: int
    display_name: str
    name: str
    description: str
    email: str
    type: str
    company_name: str
    allowed_domains: str
    invite_id: str
    scheme_id: str | None
    allow_open_invite: bool
    last_team_icon_update: int | UnsetType
    group_constrained: bool | None
    cloud_limits_archived: bool
    policy_id: str | None = None


class TeamMember(Struct):
    """A membership; `roles` are the explicit ones and those of the scheme."""

    team_id: str
    user_id: str
    roles: str
    delete_at: int
    scheme_guest: bool
    scheme_user: bool
    scheme_admin: bool
    explicit_roles: str = ""


class TeamCreate(Struct):
    """What a client sends to make a team."""

    id: str = ""
    name: str = ""
    display_name: str = ""
    description: str = ""
    email: str = ""
    type: str = ""
    company_name: str = ""
    allowed_domains: str = ""
    allow_open_invite: bool = False
    scheme_id: str | None = None
    group_constrained: bool | None = None


class TeamUpdate(Struct):
    """What a client sends to replace a team's properties: those left out are emptied. Name, type and e-mail stay."""

    id: str = ""
    display_name: str = ""
    description: str = ""
    company_name: str = ""
    allowed_domains: str = ""
    allow_open_invite: bool = False
    group_constrained: bool | None = None


class TeamPatch(Struct):
    """What a client sends to change some of a team's properties."""

    display_name: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    company_name: str | UnsetType = UNSET
    allowed_domains: str | UnsetType = UNSET
    allow_open_invite: bool | UnsetType = UNSET
    group_constrained: bool | UnsetType = UNSET


class Privacy(Struct):
    """The body that makes a team open or invite-only."""

    privacy: str = ""


class SchemeChoice(Struct):
    """The body that gives a scheme to a team; "" takes it away."""

    scheme_id: str | None = None


class DeleteQuery(Struct):
    """Whether to delete for good, which the configuration must allow."""

    permanent: bool = False


class Exists(Struct):
    """Whether a team of a name exists, for those who may know."""

    exists: bool


class TeamMemberCreate(Struct):
    """What a client sends to add a member."""

    team_id: str = ""
    user_id: str = ""


def without_icon_time(team: Team) -> Team:
    """A team without an icon does not mention its time."""
    if not team.last_team_icon_update:
        team.last_team_icon_update = UNSET
    return team
