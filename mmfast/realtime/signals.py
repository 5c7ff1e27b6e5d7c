"""News that the server tells itself: they travel the same road as events, in the same order, but reach no client.

The service that changes a membership or ends a session announces the signal; the hub of every worker keeps its index
of who hears what by them, so that no delivery ever asks the database. Signals say what happened, never what to do.
"""

import msgspec


class Signal(msgspec.Struct, frozen=True, tag=True, tag_field="signal"):
    """The base of all signals."""


class ChannelJoined(Signal, frozen=True, tag="channel_joined"):
    channel_id: str
    user_id: str


class ChannelLeft(Signal, frozen=True, tag="channel_left"):
    channel_id: str
    user_id: str


class ChannelDeleted(Signal, frozen=True, tag="channel_deleted"):
    """The channel is gone for good (an archived channel keeps its members)."""

    channel_id: str


class TeamJoined(Signal, frozen=True, tag="team_joined"):
    team_id: str
    user_id: str


class TeamLeft(Signal, frozen=True, tag="team_left"):
    """The user left the team; of its channels each has a ChannelLeft of its own."""

    team_id: str
    user_id: str


class SessionRevoked(Signal, frozen=True, tag="session_revoked"):
    session_id: str


class UserSessionsRevoked(Signal, frozen=True, tag="user_sessions_revoked"):
    """All sessions of the user ended: revoked by hand, password changed, account switched off."""

    user_id: str


class AllSessionsRevoked(Signal, frozen=True, tag="all_sessions_revoked"):
    """Everybody is signed out."""


class UserChanged(Signal, frozen=True, tag="user_changed"):
    """What decides which variants of events the user's open lines get has changed; None: that is as before."""

    user_id: str
    is_admin: bool | None = None
    """Whether the user may manage the system."""
    is_guest: bool | None = None


class UserConnected(Signal, frozen=True, tag="user_connected"):
    """The user's first client connected to the worker that tells it."""

    user_id: str


class UserDisconnected(Signal, frozen=True, tag="user_disconnected"):
    """The user's last client there is gone."""

    user_id: str


class ActiveChannelChanged(Signal, frozen=True, tag="active_channel_changed"):
    """The user views another channel; empty for none."""

    user_id: str
    channel_id: str


class EverythingMissed(Signal, frozen=True, tag="everything_missed"):
    """A worker tells itself that it lost news: no cache of its own holds for certain."""


class CacheInvalidated(Signal, frozen=True, tag="cache_invalidated"):
    """An entry of a cache is stale; an empty key means the whole cache."""

    kind: str
    key: str = ""


class ConfigChanged(Signal, frozen=True, tag="config_reloaded"):
    """The configuration was written: other workers read it again."""


class ServerMarkedBusy(Signal, frozen=True, tag="server_marked_busy"):
    """The administrator says that the server has too much to do, until this time; 0 takes it back."""

    until_ms: int


class DatabaseRecycled(Signal, frozen=True, tag="database_recycled"):
    """Connections to the database shall be opened anew."""


AnySignal = (
    ChannelJoined
    | ChannelLeft
    | ChannelDeleted
    | TeamJoined
    | TeamLeft
    | SessionRevoked
    | UserSessionsRevoked
    | AllSessionsRevoked
    | UserChanged
    | UserConnected
    | UserDisconnected
    | ActiveChannelChanged
    | EverythingMissed
    | CacheInvalidated
    | ConfigChanged
    | ServerMarkedBusy
    | DatabaseRecycled
)
