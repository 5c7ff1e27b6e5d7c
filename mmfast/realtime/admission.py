"""Lets clients in at a rate that those already connected do not feel.

After a restart all clients come at once. Opening a line costs some database work and the scheduler's time; without a
bound, thousands of openings would be runnable in the same turn and events would wait for all of them. So a bounded
number is at it at a time: their questions to the database are joined (`mmfast.db.batch`), which also wakes them a few a
turn. The others wait, as many as can be let in within a few seconds at the pace of the last ones, and who comes beyond
that is told to come back at a time of its own.
"""

import random
from collections import deque

import trio

OPENING_AT_ONCE = 64
"""At each of two steps: enough for large batches."""

PATIENCE_SECONDS = 8.0
"""Who would have to wait for longer is better served by another attempt: clients give up on a silent server."""

REMEMBERED = 256
"""The pace is that of so many last clients."""

FIRST_PACE = 500.0
"""Clients a second, as long as too few have come for a measurement: any machine does that."""

RETRY_SECONDS = (2, 20)
"""The refused are told to come back after at least and at most so long."""


class Admission:
    """`async with admission:` around each of the two steps of an opening: the handshake, and the line's beginning."""

    def __init__(self) -> None:
        self._limiter = trio.Semaphore(OPENING_AT_ONCE)
        self._finished: deque[float] = deque(maxlen=REMEMBERED)
        """When the last clients were through while others waited."""

    @property
    def expected_wait(self) -> float:
        """Seconds until a client that comes now is let in, by the pace of those before it."""
        return self._limiter.statistics().tasks_waiting / self._pace

    @property
    def _pace(self) -> float:
        times = self._finished
        if len(times) < REMEMBERED:
            return FIRST_PACE
        return len(times) / max(trio.current_time() - times[0], 0.001)

    @property
    def is_full(self) -> bool:
        """Whether another client should rather come back later."""
        return self.expected_wait > PATIENCE_SECONDS

    def retry_after(self) -> int:
        """Seconds after which a refused client should come back: for each another number, spread as the crowd needs."""
        least, most = RETRY_SECONDS
        return random.randint(least, max(least + 1, min(most, round(2 * self.expected_wait))))

    async def __aenter__(self) -> None:
        await self._limiter.acquire()

    async def __aexit__(self, *raised: object) -> None:
        if self._limiter.statistics().tasks_waiting:
            self._finished.append(trio.current_time())
        else:
            self._finished.clear()
        self._limiter.release()
