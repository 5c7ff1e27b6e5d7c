"""A message as mails tell of it."""

from msgspec import Struct

from mmfast.features.spaces.channels.types import Channel


class MentionNews(Struct):
    """What a post's mails are made of, kept after its transaction."""

    post_id: str
    root_id: str
    """The first post of its thread, maybe the post itself."""
    create_at: int
    message: str
    sender: str
    """The name under which the author appears."""
    channel: Channel
    user_ids: list[str]
    """Those mentioned, and those who follow the thread of a reply."""
    mentioned: set[str]
