"""What reports are asked and answer."""

from typing import Final

from msgspec import UNSET, Struct, UnsetType

MAX_PAGE: Final = 100

SORT_COLUMNS: Final = {
    "CreateAt": "u.createat",
    "Username": "u.username",
    "FirstName": "u.firstname",
    "LastName": "u.lastname",
    "Nickname": "u.nickname",
    "Email": "u.email",
    "Roles": "u.roles",
}
"""By what the report can be sorted, with the SQL of it."""


class UserFilter(Struct):
    """Which users a report holds."""

    role_filter: str = ""
    team_filter: str = ""
    has_no_team: bool = False
    hide_active: bool = False
    hide_inactive: bool = False
    search_term: str = ""


class UserReportQuery(UserFilter):
    """Which page of the report; `from_column_value` and `from_id` are those of the page's neighbour."""

    sort_column: str = "Username"
    sort_direction: str = "asc"
    page_size: int = 50
    direction: str = "next"
    from_column_value: str = ""
    from_id: str = ""
    date_range: str = "alltime"


class UserReport(Struct, kw_only=True):
    """A user with what the user did, in the range of dates if it is of days."""

    id: str
    create_at: int
    update_at: int
    delete_at: int
    username: str
    auth_service: str
    email: str
    nickname: str
    first_name: str
    last_name: str
    position: str
    roles: str
    notify_props: dict[str, str]
    locale: str
    timezone: dict[str, str] | None
    remote_id: str | UnsetType
    disable_welcome_email: bool
    last_login: int | UnsetType
    last_status_at: int | UnsetType = UNSET
    last_post_date: int | UnsetType = UNSET
    days_active: int = 0
    total_posts: int | UnsetType = UNSET
    channel_count: int = 0


class PostReportWish(Struct):
    """Which posts an auditor wants."""

    channel_id: str = ""
    cursor: str = ""
    """Where the page before ended, and what it was asked by: that wins over the other fields."""
    start_time: int = 0
    time_field: str = ""
    sort_direction: str = ""
    per_page: int = 0
    include_deleted: bool = False
    exclude_system_posts: bool = False
    include_metadata: bool = False
