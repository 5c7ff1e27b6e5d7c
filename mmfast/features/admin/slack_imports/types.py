"""What comes of an import from Slack."""

from msgspec import Struct

from mmfast.features.admin.slack_posts.types import Notes


class Converted(Struct):
    """What went into the archive for bulk loading, and what did not."""

    people: int
    known: int
    """How many of the people had an account here."""
    deactivated: int
    channels: int
    merged: int
    """How many channels were here already."""
    direct_channels: int
    notes: Notes
    unread: list[str]
    """What of the export could not be read."""


class Results(Struct):
    """The answer of the route: the report as base64 of a text."""

    results: str
