"""What a user's other clients hear of reading, and the hook for what is read along with a channel."""

from msgspec import Struct

from mmfast.core.hooks import Hook
from mmfast.realtime.event import Event


class MultipleChannelsViewed(Event, name="multiple_channels_viewed", droppable=True):
    channel_times: dict[str, int]


class ChannelsViewed(Struct, frozen=True):
    """A user has read these channels, all of which had something unread, to their ends.

    `with_threads` tells that their client knows no collapsed threads, so that it showed the threads' replies too.
    """

    user_id: str
    channel_ids: list[str]
    at: int
    with_threads: bool


CHANNELS_VIEWED: Hook[ChannelsViewed] = Hook("channels_viewed")
