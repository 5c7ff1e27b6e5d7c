"""What is asked and answered in lists of channels."""

from msgspec import Struct

from mmfast.api.paging import Page
from mmfast.features.spaces.channels.types import ChannelWithTeam


class OwnChannelsQuery(Struct):
    """Whether archived channels are listed too, and if so, only those archived since a time."""

    include_deleted: bool = False
    last_delete_at: int = 0


class AllChannelsQuery(Page):
    """Which of all channels are listed."""

    include_deleted: bool = False
    include_total_count: bool = False
    exclude_default_channels: bool = False
    not_associated_to_group: str = ""


class ChannelsWithCount(Struct):
    """A page of a list, and how long the whole list is."""

    channels: list[ChannelWithTeam]
    total_count: int
