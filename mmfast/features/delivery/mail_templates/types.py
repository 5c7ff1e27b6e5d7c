"""A mail before it is laid out."""

from msgspec import Struct


class Button(Struct):
    """Where the reader is to go."""

    label: str
    address: str


class Excerpt(Struct):
    """One of several messages that a mail tells of."""

    title: str
    quote: str
    """What it says; "" if that is not shown."""
    button: Button


class Letter(Struct):
    """What a mail has to say, in the reader's language; plain text throughout, with line breaks kept."""

    subject: str
    title: str
    paragraphs: list[str]
    site: str = ""
    """The site's address, to be shown as a link under the title."""
    button: Button | None = None
    quote: str = ""
    """Somebody else's words."""
    excerpts: list[Excerpt] = []
    notes: list[str] = []
    """Small print."""
