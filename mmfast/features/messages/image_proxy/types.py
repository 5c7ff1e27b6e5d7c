"""What a client asks of the proxy."""

from msgspec import Struct


class ImageQuery(Struct):
    """The address of a picture."""

    url: str = ""
