"""What people are looked for by, and what is found."""

import msgspec

from mmfast.api.paging import Page

DEFAULT_SEARCH_LIMIT = 100
MAX_SEARCH_LIMIT = 1000


class ListQuery(Page):
    """The query of a list of users."""

    in_team: str = ""
    not_in_team: str = ""
    in_channel: str = ""
    not_in_channel: str = ""
    in_group: str = ""
    not_in_group: str = ""
    group_constrained: bool = False
    without_team: bool = False
    active: bool = False
    inactive: bool = False
    role: str = ""
    roles: list[str] = []
    team_roles: list[str] = []
    channel_roles: list[str] = []
    sort: str = ""


class CountQuery(msgspec.Struct):
    """The query of a count of users."""

    in_team: str = ""
    in_channel: str = ""
    include_deleted: bool = False
    include_bots: bool = False
    include_remote_users: bool = True
    roles: list[str] = []
    team_roles: list[str] = []
    channel_roles: list[str] = []


class SearchRequest(msgspec.Struct):
    """The body of a search."""

    term: str = ""
    team_id: str = ""
    not_in_team_id: str = ""
    in_channel_id: str = ""
    not_in_channel_id: str = ""
    in_group_id: str = ""
    not_in_group_id: str = ""
    group_constrained: bool = False
    allow_inactive: bool = False
    without_team: bool = False
    limit: int = 0
    role: str = ""
    roles: list[str] = []
    team_roles: list[str] = []
    channel_roles: list[str] = []


class AutocompleteQuery(msgspec.Struct):
    """The query of a completion."""

    name: str = ""
    in_team: str = ""
    in_channel: str = ""
    limit: int = DEFAULT_SEARCH_LIMIT


class Completions(msgspec.Struct, omit_defaults=True):
    """Whom a few letters may mean: in the channel (or the team, or anywhere), and in the team but not the channel."""

    users: list[msgspec.Raw]
    out_of_channel: list[msgspec.Raw] = []


class UserFilter(msgspec.Struct, kw_only=True):
    """Conditions on users; all that are set must hold. Ids are of teams, channels and groups."""

    in_team: str = ""
    not_in_team: str = ""
    in_channel: str = ""
    not_in_channel: str = ""
    in_group: str = ""
    not_in_group: str = ""
    without_team: bool = False
    active: bool = False
    inactive: bool = False
    people_only: bool = False
    local_only: bool = False
    roles: list[str] = []
    team_roles: list[str] = []
    channel_roles: list[str] = []
    words: list[str] = []
    by_name: bool = True
    by_email: bool = False
    visible_to: str = ""
    """Only those who share a channel with this user: the sight of a guest."""
