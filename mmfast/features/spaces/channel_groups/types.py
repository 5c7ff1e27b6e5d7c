"""What is asked and answered about members outside groups."""

from msgspec import Struct

from mmfast.api.paging import Page


class MinusGroupsQuery(Page):
    """The groups whose members are left out, by their ids with commas between."""

    group_ids: str = ""


class UserWithGroups(Struct):
    """A member, their part in the channel, and the groups that they belong to."""

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
    locale: str
    timezone: dict[str, str]
    scheme_guest: bool
    scheme_user: bool
    scheme_admin: bool
    groups: list[dict[str, str]] = []
    auth_data: str = ""
    remote_id: str = ""
    disable_welcome_email: bool = False


class UsersWithGroups(Struct):
    """A page of members outside groups, and how many there are."""

    users: list[UserWithGroups]
    total_count: int
