"""A link, and where it leads."""

from msgspec import Struct


class LinkQuery(Struct):
    """The link in question."""

    url: str = ""


class Target(Struct):
    """The address to which the link redirects; "" if it does not."""

    location: str
