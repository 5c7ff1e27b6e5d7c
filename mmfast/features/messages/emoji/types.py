"""A custom emoji."""

from msgspec import Struct


class Emoji(Struct):
    """A row of Emoji; its picture is in the file store."""

    id: str
    create_at: int
    update_at: int
    delete_at: int
    creator_id: str
    name: str
