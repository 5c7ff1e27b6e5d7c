"""What teams are looked for by, and what is found."""

from msgspec import UNSET, Struct, UnsetType

from mmfast.features.spaces.teams.types import Team

MAX_PAGE = 200


class ListQuery(Struct):
    """The query of the list of all teams."""

    page: int = 0
    per_page: int = 60
    include_total_count: bool = False
    exclude_policy_constrained: bool = False


class TeamSearch(Struct):
    """The body of a search."""

    term: str = ""
    page: int | UnsetType = UNSET
    per_page: int | UnsetType = UNSET
    allow_open_invite: bool | UnsetType = UNSET
    group_constrained: bool | UnsetType = UNSET
    include_group_constrained: bool | UnsetType = UNSET
    policy_id: str | UnsetType = UNSET
    exclude_policy_constrained: bool = False
    include_policy_id: bool = False
    include_deleted: bool = False


class TeamsPage(Struct):
    """A page of teams and how many there are in all."""

    teams: list[Team]
    total_count: int


class Scope(Struct, frozen=True):
    """Which teams may be seen: the open ones, the others, or both."""

    open: bool
    private: bool
