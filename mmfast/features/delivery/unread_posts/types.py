"""The state of a channel for one member, and the requests about it."""

from msgspec import Struct


class UnreadRequest(Struct):
    """How the client counts."""

    collapsed_threads_supported: bool = False


class ChannelUnread(Struct):
    """What a member has read of a channel (the message counts) and what mentions are open in it."""

    team_id: str
    user_id: str
    channel_id: str
    msg_count: int
    mention_count: int
    mention_count_root: int
    urgent_mention_count: int
    msg_count_root: int
    last_viewed_at: int


class AroundQuery(Struct):
    """How many posts around the first unread one are wanted."""

    limit_before: int = 60
    limit_after: int = 60
    skipFetchThreads: bool = False  # noqa: N815  # the wire's name
    collapsedThreads: bool = False  # noqa: N815
    collapsedThreadsExtended: bool = False  # noqa: N815
