"""A message that waits for its mail."""

from msgspec import Struct


class Waiting(Struct):
    """Of one post, for one user."""

    user_id: str
    post_id: str
    channel_id: str
    sender: str
    """The name under which the author appears."""
    create_at: int
    """When the post was made."""
    due_at: int
    """When the user wants the mail at the latest."""
    followed: bool = False
    """Whether the user follows the post's thread, and is not mentioned."""
