"""A custom emoji, and the requests about them."""

from msgspec import Struct

from mmfast.api.paging import Page


class Emoji(Struct):
    """A row of Emoji; its picture is in the file store."""

    id: str
    create_at: int
    update_at: int
    delete_at: int
    creator_id: str
    name: str


class EmojiDraft(Struct):
    """What a form says of a new emoji."""

    name: str = ""
    creator_id: str = ""


class ListQuery(Page):
    """A page of all custom emojis; `sort` is nothing or "name"."""

    sort: str = ""


class EmojiSearch(Struct):
    """A part of a name, or its beginning."""

    term: str = ""
    prefix_only: bool = False


class AutocompleteQuery(Struct):
    """The beginning of a name."""

    name: str = ""


class Picture(Struct, frozen=True):
    """What the first bytes of a picture tell."""

    mime_type: str
    width: int
    height: int
