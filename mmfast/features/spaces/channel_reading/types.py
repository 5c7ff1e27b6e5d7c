"""What is asked and answered about reading."""

from msgspec import Struct


class ChannelView(Struct):
    """A client tells which channel it shows now, and which it showed before."""

    channel_id: str = ""
    prev_channel_id: str = ""
    collapsed_threads_supported: bool = False


class ViewedTimes(Struct):
    """Until when each channel has been read."""

    last_viewed_at_times: dict[str, int]
    status: str = "OK"


class ChannelUnread(Struct):
    """What a member has not read in a channel; in a muted one only mentions count."""

    team_id: str
    channel_id: str
    msg_count: int
    mention_count: int
    mention_count_root: int
    urgent_mention_count: int
    msg_count_root: int
