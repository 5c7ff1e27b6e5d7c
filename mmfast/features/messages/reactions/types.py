"""A reaction, and the request for one."""

from msgspec import Struct


class Reaction(Struct):
    """A row of Reactions."""

    user_id: str
    post_id: str
    emoji_name: str
    create_at: int
    update_at: int
    delete_at: int
    remote_id: str
    channel_id: str


class ReactionRequest(Struct):
    """Who reacts to what, and how."""

    user_id: str = ""
    post_id: str = ""
    emoji_name: str = ""
