"""What a user's own clients hear when that user has read channels."""

from mmfast.realtime.event import Event


class ChannelsViewed(Event, name="multiple_channels_viewed", droppable=True):
    """To the user alone: up to when each of these channels is read."""

    channel_times: dict[str, int]
