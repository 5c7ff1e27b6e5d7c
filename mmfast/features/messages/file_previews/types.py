"""What is found out about a picture, and the pictures made of it."""

from msgspec import Struct


class Size(Struct):
    """Width and height of a picture as it is seen, upright."""

    width: int
    height: int


class Pictures(Struct):
    """The encoded small pictures of a picture, and the ending of their names."""

    thumbnail: bytes
    preview: bytes
    mini: bytes
    extension: str
    still: bool
    """Whether the preview may stand for the original; a GIF may move, and is shown itself."""


class TooManyPixels(Exception):
    """The picture would take more memory to decode than is allowed."""
