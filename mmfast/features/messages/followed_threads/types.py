"""A thread in its follower's list, and how the list is asked for."""

from msgspec import Struct

from mmfast.api.paging import Page
from mmfast.features.messages.posts.types import Post
from mmfast.features.messages.threads.types import ThreadView


class FollowedThread(Struct):
    """A thread with its root, and what its follower has not read of it."""

    root: Post
    reply_count: int
    last_reply_at: int
    participants: list[str]
    delete_at: int
    last_viewed_at: int
    unread_mentions: int
    unread_replies: int
    is_urgent: bool


class ThreadTotals(Struct):
    """The numbers of a user's threads in a team, direct messages included."""

    total: int = 0
    total_unread_threads: int = 0
    total_unread_mentions: int = 0
    total_unread_urgent_mentions: int = 0


class ThreadList(ThreadTotals):
    """A page of the list, or null where only the totals were asked for."""

    threads: list[ThreadView] | None = None


class ListQuery(Page):
    """Which of the threads are wanted. The page is counted from a thread, not by its number."""

    since: str = ""
    before: str = ""
    after: str = ""
    unread: bool = False
    deleted: bool = False
    extended: bool = False
    totalsOnly: bool = False  # noqa: N815  # the wire's name
    threadsOnly: bool = False  # noqa: N815
    excludeDirect: bool = False  # noqa: N815


class ThreadQuery(Struct):
    """Whether those who replied are wanted in full."""

    extended: bool = False


class Selection(Struct):
    """A checked `ListQuery`."""

    user_id: str
    team_id: str
    limit: int
    since: int
    before: str = ""
    after: str = ""
    unread_only: bool = False
    include_deleted: bool = False
    without_direct: bool = False
