"""What a client sends to change a post."""

from typing import Any

from msgspec import Struct

from mmfast.features.messages.posts.types import Post


class PostPatch(Struct):
    """Changes to a post; None leaves a field as it is."""

    message: str | None = None
    props: dict[str, Any] | None = None
    file_ids: list[str] | None = None
    is_pinned: bool | None = None
    has_reactions: bool | None = None


class Edit(Struct):
    """News: a post's content is about to change. Who keeps files corrects `file_ids`."""

    old: Post
    new: Post
    file_ids: list[str]
    restored: bool = False
