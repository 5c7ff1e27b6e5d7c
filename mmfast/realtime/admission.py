"""Lets clients in at a rate that those already connected do not feel.

After a restart all clients come at once. Opening a line costs some database work and the scheduler's time; without a
bound, thousands of openings would be runnable in the same turn and events would wait for all of them. So only a few
open at a time, a bounded number waits, and the rest is told to come back at a time of its own.
"""

import random

import trio

OPENING_AT_ONCE = 4
"""Enough to keep the database busy; more only make everything else wait: for the scheduler and for a connection."""

WAITING_AT_MOST = 2_000
"""About two seconds' worth: whoever waits longer is better served by another attempt."""

RETRY_SECONDS = (2, 20)
"""Between these the refused are spread."""


class Admission:
    """`async with admission:` around each of the two steps of an opening: the handshake, and the line's beginning."""

    def __init__(self) -> None:
        self._limiter = trio.Semaphore(OPENING_AT_ONCE)

    @property
    def is_full(self) -> bool:
        """Whether another client should rather come back later."""
        return self._limiter.statistics().tasks_waiting >= WAITING_AT_MOST

    async def __aenter__(self) -> None:
        await self._limiter.acquire()

    async def __aexit__(self, *raised: object) -> None:
        self._limiter.release()


def retry_after() -> int:
    """Seconds after which a refused client should come back: for each another number."""
    return random.randint(*RETRY_SECONDS)
