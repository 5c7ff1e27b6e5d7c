"""What a search for posts looks for, and what it finds."""

from msgspec import Struct

from mmfast.features.messages.posts.types import Post


class Words(Struct):
    """Words and hashtags that must be there, or must not."""

    words: list[str]
    tags: list[str]
    """In lower case."""


class FoundPosts(Struct):
    """The posts, the newest first."""

    order: list[str]
    posts: dict[str, Post]
    matches: dict[str, list[str]] | None = None
    """Which words matched; full text search in the database does not tell."""
    next_post_id: str = ""
    prev_post_id: str = ""
    first_inaccessible_post_time: int = 0
