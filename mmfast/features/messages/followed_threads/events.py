"""What a user's clients hear of following."""

from mmfast.realtime.event import Event


class ThreadFollowChanged(Event, name="thread_follow_changed"):
    """The user follows a thread from now on, or no more."""

    thread_id: str
    state: bool
    reply_count: int
