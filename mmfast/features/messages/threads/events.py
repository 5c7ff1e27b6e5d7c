"""What followers of a thread are told."""

from mmfast.realtime.event import Document, Event


class ThreadUpdated(Event, name="thread_updated"):
    """The thread has a new reply; sent to each follower, with that follower's counts before it."""

    thread: Document
    previous_unread_mentions: int
    previous_unread_replies: int
