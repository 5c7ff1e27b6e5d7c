"""Which part of a list a client asks for, as most lists of the API take it."""

from typing import Final

import msgspec

DEFAULT_SIZE: Final = 60
MAX_SIZE: Final = 200


class Page(msgspec.Struct):
    """The query parameters `page`, from 0, and `per_page`. A size of 0 gives an empty page."""

    page: int = 0
    per_page: int = DEFAULT_SIZE

    @property
    def limit(self) -> int:
        """How many entries at the most."""
        return DEFAULT_SIZE if self.per_page < 0 else min(self.per_page, MAX_SIZE)

    @property
    def offset(self) -> int:
        """How many entries come before the page."""
        return max(self.page, 0) * self.limit
