"""What is asked about a link, and answered."""

from msgspec import Struct


class RedirectQuery(Struct):
    """The link."""

    url: str = ""


class RedirectLocation(Struct):
    """Where it leads; "" if nowhere else, or unknown."""

    location: str = ""
