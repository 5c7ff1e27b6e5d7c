"""The shapes of team memberships beside the member itself."""

from typing import Any

from msgspec import Struct, field


class ListQuery(Struct):
    """The query of a list of members."""

    page: int = 0
    per_page: int = 60
    sort: str = ""
    exclude_deleted_users: bool = False


class BatchQuery(Struct):
    """Whether members that cannot be added are reported one by one; any value but none says yes."""

    graceful: str = ""


class BatchRow(Struct):
    """One row of a graceful answer."""

    user_id: str
    member: Any
    error: Any


class RolesBody(Struct):
    """Roles by name, separated by spaces."""

    roles: str = ""


class TeamStats(Struct):
    """How many members a team has; active ones have an account in use."""

    team_id: str
    total_member_count: int
    active_member_count: int


class TeamUnread(Struct):
    """What a member has not read in a team; `_root` counts without replies."""

    team_id: str
    msg_count: int = 0
    mention_count: int = 0
    mention_count_root: int = 0
    msg_count_root: int = 0
    thread_count: int = 0
    thread_mention_count: int = 0
    thread_urgent_mention_count: int = 0


class UnreadQuery(Struct):
    """The query of the unread counts of all teams."""

    exclude_team: str = ""
    include_collapsed_threads: bool = False


class MinusGroupsQuery(Struct):
    """The query of members outside some groups."""

    group_ids: list[str] = field(default_factory=list)
    page: int = 0
    per_page: int = 60
