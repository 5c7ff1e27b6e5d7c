"""What followers of a thread are told."""

from msgspec import UNSET, UnsetType

from mmfast.realtime.event import Document, Event


class ThreadUpdated(Event, name="thread_updated"):
    """The thread has a new reply; sent to each follower, with that follower's counts before it."""

    thread: Document
    previous_unread_mentions: int
    previous_unread_replies: int


class ThreadReadChanged(Event, name="thread_read_changed"):
    """What the user has read has changed: in one thread, in all of a channel, or, with nothing named, in all."""

    timestamp: int | UnsetType = UNSET
    thread_id: str | UnsetType = UNSET
    channel_id: str | UnsetType = UNSET
    unread_mentions: int | UnsetType = UNSET
    unread_replies: int | UnsetType = UNSET
    previous_unread_mentions: int | UnsetType = UNSET
    previous_unread_replies: int | UnsetType = UNSET
