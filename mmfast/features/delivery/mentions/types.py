"""What mentions are made of."""

from msgspec import Struct


class Keywords(Struct):
    """The words by which members of a channel asked to be called, besides their names.

    Most members have none, so that this stays small however large the channel is.
    """

    words: dict[str, set[str]] = {}
    """User ids by word in lower case."""
    exact: dict[str, set[str]] = {}
    """User ids by first name, in which capitals matter."""
    unspaced: dict[str, set[str]] = {}
    """User ids by word of a script that has no spaces: found anywhere in the text."""


class Named(Struct):
    """Somebody whose username stands in a text."""

    user_id: str
    username: str
    in_channel: bool
    in_team: bool
    active: bool
    is_bot: bool


class Names(Struct):
    """The names after an @ in a text."""

    names: list[list[str]]
    """For each @name: what it may be, the longest first, in lower case."""
    wide: set[str]
    """Of `here`, `channel` and `all`, those that the text calls."""
