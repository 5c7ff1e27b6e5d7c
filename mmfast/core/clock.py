"""The wall clock in the unit of the wire: milliseconds since 1970. Not for deadlines: those are Trio's."""

import time
from typing import Final


def now_ms() -> int:
    """The present time in milliseconds since the epoch."""
    return time.time_ns() // 1_000_000


AHEAD_MS: Final = 50
"""How far `next_ms` may run ahead of the clock before it gives a time again."""

_given = 0


def next_ms() -> int:
    """The present time, or a little later: no time is given twice by this process, as long as it can be helped.

    For what others put in order by its time alone, such as posts, of which several are made within a millisecond, and
    for changes of these, which are later.
    """
    global _given
    now = now_ms()
    _given = max(now, _given + 1) if _given < now + AHEAD_MS else now
    return _given
