"""A public link, and what it carries."""

from msgspec import Struct


class PublicLink(Struct):
    """The address under which anybody may read the file."""

    link: str


class LinkQuery(Struct):
    """The proof that the server made the link."""

    h: str = ""
    download: bool = False
