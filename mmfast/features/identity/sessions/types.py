"""What a session is, in the server and on the wire."""

from typing import Any, Final

import msgspec

MILLISECONDS_PER_HOUR = 3_600_000

USER_ACCESS_TOKEN = "UserAccessToken"
"""The value of the property `type` in a session that a personal access token made."""


class SessionRow(msgspec.Struct):
    """A row of Sessions, in the order of its columns."""

    id: str
    token: str
    create_at: int
    expires_at: int
    last_activity_at: int
    user_id: str
    device_id: str
    roles: str
    is_oauth: bool
    expired_notify: bool
    props: dict[str, str]


class Session(SessionRow):
    """A token that stands for a user. Everything but `last_activity_at` and the expiry stays as the row has it.

    `csrf` and the rest of `props` are kept as the reference keeps them: strings by name.
    """

    local: bool = False
    """Whether it stands for the machine's own administrator at the local socket: see `LOCAL_CALLER`."""

    def __repr__(self) -> str:
        """Without the token: what is printed ends in logs."""
        return f"Session(id={self.id!r}, user_id={self.user_id!r})"

    @property
    def csrf(self) -> str:
        """The word that a browser must repeat in a header when it changes something by cookie."""
        return self.props.get("csrf", "")

    @property
    def is_access_token(self) -> bool:
        """Whether a personal access token stands behind the session."""
        return self.props.get("type") == USER_ACCESS_TOKEN

    @property
    def is_mobile(self) -> bool:
        """Whether it runs on a phone: in the app (it has a device) or in a phone's browser."""
        return self.device_id != "" or self.props.get("isMobile") == "true"

    @property
    def is_sso(self) -> bool:
        """Whether another service vouched for the user at login."""
        return self.props.get("isOAuthUser") == "true" or self.props.get("isSaml") == "true"

    @property
    def is_guest(self) -> bool:
        """Whether the user was a guest when the session began."""
        return self.props.get("is_guest") == "true"

    def is_expired(self, now: int) -> bool:
        """Whether its time is over; an expiry of 0 or less means that it has no end."""
        return 0 < self.expires_at < now


LOCAL_CALLER: Final = Session(
    id="",
    token="",
    create_at=0,
    expires_at=0,
    last_activity_at=0,
    user_id="",
    device_id="",
    roles="",
    is_oauth=False,
    expired_notify=False,
    props={},
    local=True,
)
"""Who speaks over the local socket: nobody's account, and unrestricted. No token finds it, and no row holds it."""


class SessionView(SessionRow, kw_only=True):
    """A session as its owner and administrators see it: never with its token."""

    team_members: list[Any]
    local: bool


class SessionsShown(msgspec.Struct):
    """News: the sessions of a user are about to be listed."""

    user_id: str
    team_members: list[Any] = []


class SessionRevocation(msgspec.Struct):
    """Which session to end."""

    session_id: str = ""


class DeviceChange(msgspec.Struct):
    """What a phone tells about itself; absent fields change nothing."""

    device_id: str = ""
    device_notification_disabled: str = ""
    mobile_version: str = ""
