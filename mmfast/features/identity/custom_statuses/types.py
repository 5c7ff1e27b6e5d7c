"""The shape of a custom status."""

from datetime import UTC, datetime
from typing import Final

import msgspec

NO_END: Final = "0001-01-01T00:00:00Z"
"""How the wire writes a time that is not set."""
DATE_AND_TIME: Final = "date_and_time"
DURATIONS: Final = frozenset(
    ("", "thirty_minutes", "one_hour", "four_hours", "today", "this_week", DATE_AND_TIME, "custom_date_time")
)


class CustomStatus(msgspec.Struct):
    """A custom status; `expires_at` in RFC 3339."""

    emoji: str = ""
    text: str = ""
    duration: str = ""
    expires_at: str = NO_END

    def ends_in_future(self) -> bool:
        """Whether its end is set and has not passed. Raises ValueError for what is no time."""
        end = datetime.fromisoformat(self.expires_at)
        return (end if end.tzinfo else end.replace(tzinfo=UTC)) > datetime.now(UTC)
