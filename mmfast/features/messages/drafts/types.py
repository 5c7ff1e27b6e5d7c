"""A draft, and what clients send to keep one."""

from typing import Any

from msgspec import UNSET, Raw, Struct, UnsetType

from mmfast.features.messages.posts.types import PostMetadata

MAX_PROPS_RUNES = 8_000


class DraftInput(Struct):
    """A draft as a client sends it. Whose it is, the session tells."""

    channel_id: str = ""
    root_id: str = ""
    message: str = ""
    type: str = ""
    props: dict[str, Any] = {}
    file_ids: list[str] = []
    priority: dict[str, Any] | None = None


class Draft(Struct):
    """A row of Drafts as its user sees it. There is one for each channel and each thread at the most."""

    create_at: int
    update_at: int
    delete_at: int
    user_id: str
    channel_id: str
    root_id: str
    message: str
    type: str
    props: Raw
    file_ids: list[str] | UnsetType = UNSET
    priority: Raw | UnsetType = UNSET
    metadata: PostMetadata | UnsetType = UNSET
