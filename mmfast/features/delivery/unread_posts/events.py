"""What a user's clients hear when a channel was marked unread."""

from mmfast.realtime.event import Event


class PostUnread(Event, name="post_unread"):
    """The member's counts from now on, and the post from which the channel is unread."""

    msg_count: int
    msg_count_root: int
    mention_count: int
    mention_count_root: int
    urgent_mention_count: int
    last_viewed_at: int
    post_id: str
