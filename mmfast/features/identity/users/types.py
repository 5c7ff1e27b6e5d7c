"""A user as stored, and as shown.

`User` is the whole row and never leaves the server: its secrets are of a type that the JSON encoder refuses. What
clients get is a `Profile`, made of a User for one of a few views (see `View`).
"""

from typing import Any, ClassVar, Final

import msgspec

DEFAULT_NOTIFY_PROPS: Final = {
    "desktop": "mention",
    "desktop_sound": "true",
    "desktop_threads": "all",
    "email": "true",
    "email_threads": "all",
    "push": "mention",
    "push_status": "online",
    "push_threads": "all",
    "mention_keys": "",
    "channel": "true",
    "comments": "never",
    "first_name": "false",
}
DEFAULT_TIMEZONE: Final = {"useAutomaticTimezone": "true", "automaticTimezone": "", "manualTimezone": ""}

SYSTEM_USER: Final = "system_user"
SYSTEM_ADMIN: Final = "system_admin"
SYSTEM_GUEST: Final = "system_guest"


class Secret:
    """A string that neither prints nor encodes itself; `value` is the only way to it."""

    __slots__ = ("value",)

    def __init__(self, value: str) -> None:
        self.value = value

    def __bool__(self) -> bool:
        return bool(self.value)

    def __repr__(self) -> str:
        return "Secret(...)"


class View(int):
    """How much of a user is shown: to the user, to an administrator, or to others as the privacy settings say.

    Bits in an int rather than an enum: views are dictionary keys on the way of every user that is shown.
    """

    __slots__ = ()

    SELF: ClassVar["View"]
    ADMIN: ClassVar["View"]
    OTHERS: ClassVar["View"]
    WITH_EMAIL: ClassVar["View"]
    WITH_NAME: ClassVar["View"]


View.SELF, View.ADMIN, View.OTHERS, View.WITH_EMAIL, View.WITH_NAME = map(View, (1, 2, 4, 8, 16))

OTHERS_VIEWS: Final = {
    (with_email, with_name): View(View.OTHERS | View.WITH_EMAIL * with_email | View.WITH_NAME * with_name)
    for with_email in (False, True)
    for with_name in (False, True)
}
"""What others see, by whether addresses and full names are shown."""


class User(msgspec.Struct, kw_only=True):
    """One account: the columns of its row, its bot's if it is one, and the terms it accepted."""

    id: str
    create_at: int
    update_at: int
    delete_at: int
    username: str
    password: Secret
    auth_data: str | None
    auth_service: str
    email: str
    email_verified: bool
    nickname: str
    first_name: str
    last_name: str
    roles: str
    allow_marketing: bool
    props: dict[str, str]
    notify_props: dict[str, str]
    last_password_update: int
    last_picture_update: int
    failed_attempts: int
    locale: str
    mfa_active: bool
    mfa_secret: Secret
    position: str
    timezone: dict[str, str] | None
    remote_id: str | None
    last_login: int
    mfa_used_timestamps: list[int]
    is_bot: bool = False
    bot_description: str = ""
    bot_last_icon_update: int = 0
    terms_of_service_id: str = ""
    terms_of_service_create_at: int = 0
    encoded: dict[int, msgspec.Raw] = {}
    """Its JSON by view. A changed user is a new object, so this can never be stale."""

    @property
    def is_guest(self) -> bool:
        """Whether the account is a guest's."""
        return SYSTEM_GUEST in self.roles.split()

    @property
    def is_system_admin(self) -> bool:
        """Whether the account administers the system."""
        return SYSTEM_ADMIN in self.roles.split()

    @property
    def full_name(self) -> str:
        """First and last name, as far as they are set."""
        return f"{self.first_name} {self.last_name}".strip()


class Profile(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A user as clients see it; fields with a default are left out while they have it."""

    id: str
    create_at: int
    update_at: int
    delete_at: int
    username: str
    auth_data: str | msgspec.UnsetType = msgspec.UNSET
    auth_service: str
    email: str
    email_verified: bool = False
    nickname: str
    first_name: str
    last_name: str
    position: str
    roles: str
    allow_marketing: bool = False
    props: dict[str, str] = {}
    notify_props: dict[str, str] = {}
    last_password_update: int = 0
    last_picture_update: int = 0
    failed_attempts: int = 0
    locale: str
    mfa_active: bool = False
    timezone: dict[str, str] | None
    remote_id: str | msgspec.UnsetType = msgspec.UNSET
    is_bot: bool = False
    bot_description: str = ""
    bot_last_icon_update: int = 0
    terms_of_service_id: str = ""
    terms_of_service_create_at: int = 0
    disable_welcome_email: bool


class UserDraft(msgspec.Struct, kw_only=True):
    """The body of a request that makes or replaces an account. What is not the caller's to set is ignored later."""

    id: str = ""
    username: str = ""
    password: str = ""
    auth_data: str | None = None
    auth_service: str = ""
    email: str = ""
    email_verified: bool = False
    nickname: str = ""
    first_name: str = ""
    last_name: str = ""
    position: str = ""
    roles: str = ""
    allow_marketing: bool = False
    props: dict[str, str] = {}
    notify_props: dict[str, str] = {}
    locale: str = ""
    timezone: dict[str, str] | None = None
    remote_id: str | None = None
    is_bot: bool = False
    create_at: int = 0
    update_at: int = 0
    delete_at: int = 0
    failed_attempts: int = 0
    mfa_active: bool = False
    last_password_update: int = 0
    last_picture_update: int = 0
    disable_welcome_email: bool = False


class UserPatch(msgspec.Struct, kw_only=True):
    """Changes to an account; what is UNSET stays."""

    username: str | msgspec.UnsetType = msgspec.UNSET
    password: str | msgspec.UnsetType = msgspec.UNSET
    nickname: str | msgspec.UnsetType = msgspec.UNSET
    first_name: str | msgspec.UnsetType = msgspec.UNSET
    last_name: str | msgspec.UnsetType = msgspec.UNSET
    position: str | msgspec.UnsetType = msgspec.UNSET
    email: str | msgspec.UnsetType = msgspec.UNSET
    props: dict[str, str] | msgspec.UnsetType = msgspec.UNSET
    notify_props: dict[str, str] | msgspec.UnsetType = msgspec.UNSET
    locale: str | msgspec.UnsetType = msgspec.UNSET
    timezone: dict[str, str] | msgspec.UnsetType = msgspec.UNSET


class AuthChange(msgspec.Struct):
    """With which service, and as whom there, an account signs in."""

    auth_data: str = ""
    auth_service: str = ""
    password: str = ""


class InvitedBy(msgspec.Struct):
    """The query of a sign-up: a team's invite id, or the token of a mailed invitation."""

    iid: str = ""
    t: str = ""


class Since(msgspec.Struct):
    """Only users changed after this time; text, because a number that is none is refused."""

    since: str = ""


class UserCount(msgspec.Struct):
    """How many users there are."""

    total_users_count: int


class Invitation(msgspec.Struct, kw_only=True):
    """With what a stranger was invited to sign up; who knows about invitations completes and consumes it."""

    invite_id: str = ""
    token: str = ""
    honoured: bool = False
    """Set by the feature that knows the invitation; an invitation that nobody honours is refused."""
    guest: bool = False
    data: dict[str, Any] = {}
    """What that feature has to remember from the check to the joining."""


class SignupRequested(msgspec.Struct):
    """News: somebody signs up by invitation; refuse it, or set `invitation.honoured` and correct the draft."""

    draft: UserDraft
    invitation: Invitation


class UserCreated(msgspec.Struct):
    """News: an account has been made."""

    user: User
    invitation: Invitation | None
    by_admin: bool
    wants_welcome: bool = True


class EmailChange(msgspec.Struct):
    """News: an account is to get another address; `deferred` leaves it with the old one for now."""

    user: User
    email: str
    deferred: bool = False


class UserChange(msgspec.Struct):
    """News: an account's own fields were changed."""

    before: User
    after: User
