"""How the users of a scheme are asked for."""

from msgspec import Struct


class Page(Struct):
    """Which part of a list is asked for."""

    page: int = 0
    per_page: int = 60
