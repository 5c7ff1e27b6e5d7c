"""A search as it was typed."""

from msgspec import Struct


class SearchRequest(Struct):
    """What a client sends. `per_page` is not heeded: pages are as large as the server makes them."""

    terms: str = ""
    is_or_search: bool = False
    time_zone_offset: int = 0
    include_deleted_channels: bool = False
    page: int = 0
    per_page: int = 60


class Wanted(Struct):
    """Words and filters, either asked for or excluded."""

    words: list[str] = []
    """A phrase is one with white space in it; one that ends in `*` stands for all that begins so."""
    people: list[str] = []
    channels: list[str] = []
    extensions: list[str] = []
    after: str = ""
    before: str = ""
    on: str = ""

    @property
    def filters(self) -> bool:
        """Whether anything but words is given."""
        return bool(self.people or self.channels or self.extensions or self.after or self.before or self.on)


class Search(Struct):
    """What must be, and what must not be."""

    wanted: Wanted
    excluded: Wanted
    any_word: bool = False
    """One of the words is enough."""
    zone_seconds: int = 0
    """How far the searcher's clock is ahead of UTC: days begin and end by it."""


class Scope(Struct):
    """Where a search looks: the searcher's own channels, of one team (with direct and group channels) or of all."""

    user_id: str
    team_id: str = ""
    archived: bool = False
