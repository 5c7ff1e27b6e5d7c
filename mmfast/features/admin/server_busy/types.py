"""What is said about the busy state."""

from typing import Final

from msgspec import Struct

DEFAULT_SECONDS: Final = 3600
MAX_SECONDS: Final = 24 * 3600


class BusyQuery(Struct):
    """For how long the server shall count as busy; text, because a number that is none is refused."""

    seconds: str = ""


class BusyState(Struct):
    """Whether the server is marked busy, and until when, in seconds and for people."""

    busy: bool
    expires: int
    expires_ts: str
