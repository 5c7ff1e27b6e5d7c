"""What the server has already, and the names that were chosen."""

from collections.abc import Mapping, Set

from msgspec import Struct

from mmfast.features.admin.slack_exports.types import Conversation


class Here(Struct):
    """What is on this server before the import."""

    team: str
    """The name of the team that takes the import."""
    accounts: Mapping[str, str]
    """Usernames by mail address in small letters, of those in the export."""
    usernames: Set[str]
    """Those of the usernames in question that somebody has."""
    channels: Mapping[str, str]
    """The channels of the team that may take more people and messages: their types by name."""
    closed: Set[str] = frozenset()
    """The names of the team's other channels: private ones that who imports has no say in."""


class Place(Struct):
    """Where the messages of a conversation go: a channel of the team, or one of people."""

    conversation: Conversation
    name: str = ""
    people: list[str] = []
    """The members' usernames."""
    is_new: bool = True

    @property
    def is_direct(self) -> bool:
        """Whether it is a channel of people."""
        return not self.name
