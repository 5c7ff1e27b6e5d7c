"""A search as it was typed."""

from msgspec import Struct


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
