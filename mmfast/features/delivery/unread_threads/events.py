"""What a user's clients hear of reading threads."""

from msgspec import UNSET, UnsetType

from mmfast.realtime.event import Event


class ThreadReadChanged(Event, name="thread_read_changed"):
    """A thread was read up to a time, further or less far than before.

    Without a thread: all those of the channel that the event is addressed to were read, or all of the team.
    """

    thread_id: str | UnsetType = UNSET
    channel_id: str | UnsetType = UNSET
    timestamp: int | UnsetType = UNSET
    unread_replies: int | UnsetType = UNSET
    unread_mentions: int | UnsetType = UNSET
    previous_unread_replies: int | UnsetType = UNSET
    previous_unread_mentions: int | UnsetType = UNSET
