"""What is asked of the log, and what clients write to it."""

from typing import Final

from msgspec import Struct

MAX_PER_PAGE: Final = 10_000


class LogPage(Struct):
    """A part of the log, counted from its end."""

    page: int = 0
    logs_per_page: int = MAX_PER_PAGE

    @property
    def limit(self) -> int:
        """How many lines at the most."""
        return min(max(self.logs_per_page, 0), MAX_PER_PAGE)

    @property
    def skipped(self) -> int:
        """How many of the newest lines come after the part."""
        return max(self.page, 0) * self.limit


class LogFilter(Struct):
    """Which records are wanted; what is empty excludes nothing."""

    server_names: list[str] = []
    log_levels: list[str] = []
    date_from: str = ""
    date_to: str = ""
