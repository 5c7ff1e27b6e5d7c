"""The wall clock in the unit of the wire: milliseconds since 1970. Not for deadlines: those are Trio's."""

import time


def now_ms() -> int:
    """The present time in milliseconds since the epoch."""
    return time.time_ns() // 1_000_000
