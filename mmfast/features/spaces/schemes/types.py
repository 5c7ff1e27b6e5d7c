"""A scheme as the wire knows it, and the role names that it gives to memberships."""

from typing import Protocol

from msgspec import Struct


class Scheme(Struct):
    """A row of Schemes, in the order of `store.COLUMNS`."""

    id: str
    name: str
    display_name: str
    description: str
    create_at: int
    update_at: int
    delete_at: int
    scope: str
    default_team_admin_role: str
    default_team_user_role: str
    default_channel_admin_role: str
    default_channel_user_role: str
    default_team_guest_role: str
    default_channel_guest_role: str
    default_playbook_admin_role: str
    default_playbook_member_role: str
    default_run_admin_role: str
    default_run_member_role: str


class RoleNames(Struct, frozen=True):
    """The roles that a team's or channel's guests, members and admins hold there."""

    guest: str
    user: str
    admin: str

    def added_to(self, explicit: str, *, guest: bool, user: bool, admin: bool) -> str:
        """The explicit roles and those that a membership's flags stand for, separated by spaces."""
        names = explicit.split() if explicit else []
        if guest:
            names.append(self.guest)
        if user:
            names.append(self.user)
        if admin:
            names.append(self.admin)
        return " ".join(names)


class SchemeRoles(Struct):
    """A member's roles by the flags of the scheme; also what a client sends to set them."""

    scheme_guest: bool = False
    scheme_user: bool = False
    scheme_admin: bool = False


TEAM_ROLES = RoleNames("team_guest", "team_user", "team_admin")
"""Without a scheme: the built-in roles of a team."""

CHANNEL_ROLES = RoleNames("channel_guest", "channel_user", "channel_admin")
"""Without a scheme: the built-in roles of a channel."""


class Member(Protocol):
    """A row of TeamMembers or ChannelMembers: what both say of roles."""

    explicit_roles: str
    scheme_guest: bool
    scheme_user: bool
    scheme_admin: bool


class Membership(Struct, frozen=True):
    """What permission checks need of a team's or channel's member; `present` is false for who is not in."""

    present: bool
    explicit_roles: str = ""
    guest: bool = False
    user: bool = False
    admin: bool = False

    @classmethod
    def of(cls, member: "Member") -> "Membership":
        """What the member's row says."""
        return cls(
            present=True,
            explicit_roles=member.explicit_roles,
            guest=member.scheme_guest,
            user=member.scheme_user,
            admin=member.scheme_admin,
        )

    def roles(self, names: RoleNames) -> str:
        """All roles held, separated by spaces: those given by name first, then those that the scheme gives."""
        return names.added_to(self.explicit_roles, guest=self.guest, user=self.user, admin=self.admin)


OUTSIDER = Membership(present=False)


class SchemeList(Struct):
    """Which schemes are asked for."""

    scope: str = ""
    page: int = 0
    per_page: int = 60
