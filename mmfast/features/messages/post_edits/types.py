"""What a client sends to change a post."""

from typing import Any

from msgspec import Struct


class PostPatch(Struct):
    """Changes to a post; None leaves a field as it is."""

    message: str | None = None
    props: dict[str, Any] | None = None
    file_ids: list[str] | None = None
    is_pinned: bool | None = None
    has_reactions: bool | None = None
