"""A thread, and what one follower knows of it."""

from typing import Any

from msgspec import Raw, Struct


class Thread(Struct):
    """A row of Threads."""

    post_id: str
    reply_count: int
    last_reply_at: int
    participants: list[str]
    """The ids of those who replied; the latest to reply is last."""
    is_urgent: bool = False
    """Whether its root was marked as urgent."""


class ThreadMembership(Struct):
    """A row of ThreadMemberships with the number of replies after `last_viewed`."""

    user_id: str
    following: bool
    last_viewed: int
    unread_mentions: int
    unread_replies: int = 0


class ThreadView(Struct):
    """A thread as its follower sees it."""

    id: str
    reply_count: int
    last_reply_at: int
    last_viewed_at: int
    participants: list[Any]
    post: Raw
    unread_replies: int
    unread_mentions: int
    is_urgent: bool
    delete_at: int
