"""The event of a new post."""

from msgspec import UNSET, UnsetType

from mmfast.realtime.event import Document, Event


class Posted(Event, name="posted"):
    """A new post with what a client needs to show a notification. Each receiver learns of their own mention only."""

    channel_display_name: str
    channel_name: str
    channel_type: str
    post: Document
    sender_name: str
    set_online: bool
    team_id: str
    image: str | UnsetType = UNSET
    otherFile: str | UnsetType = UNSET  # noqa: N815  # the key on the wire
