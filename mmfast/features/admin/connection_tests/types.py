"""What is tried out."""

from msgspec import Struct


class SiteAddress(Struct):
    """The address under which people reach the server."""

    site_url: str = ""
