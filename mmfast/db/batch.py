"""Many callers' questions for one row each, answered by few queries.

Whoever asks first asks for all who ask meanwhile; a caller alone waits for nobody. When thousands of clients come at
once, the database sees a few dozen queries instead of thousands. What keys and values are is the loader's business.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Generic, TypeVar

import trio

from mmfast.db.errors import DatabaseUnavailable

K = TypeVar("K")
V = TypeVar("V")

KEYS_AT_MOST = 200
"""In one query."""

ANSWERED_AT_ONCE = 2
"""Callers woken in one turn of the scheduler: all of a query's at once would keep everything else waiting."""


class _Round(Generic[K, V]):
    """One query: its keys, those who wait for it, and what became of it."""

    def __init__(self) -> None:
        self.keys: dict[K, None] = {}
        self.waiting = trio.lowlevel.ParkingLot()
        self.found: Mapping[K, V] | None = None
        self.error: DatabaseUnavailable | None = None


class Batch(Generic[K, V]):
    """`await batch.find(key)` gives the key's value out of what `load(keys)` gave for it and for others'."""

    def __init__(self, load: Callable[[list[K]], Awaitable[Mapping[K, V]]]) -> None:
        self._load = load
        self._at_work = trio.Lock()
        self._next: _Round[K, V] | None = None

    async def find(self, key: K) -> V | None:
        """The value, None where the loader knows none. Raises what the loader raises."""
        while True:
            round_ = self._next
            if round_ is None or len(round_.keys) >= KEYS_AT_MOST:
                return await self._ask(key)
            round_.keys[key] = None
            await round_.waiting.park()
            if round_.error is not None:
                raise round_.error
            if round_.found is not None:
                return round_.found.get(key)
            # who asked for us was cancelled, or failed in a way of its own: we ask for ourselves

    async def _ask(self, key: K) -> V | None:
        round_ = self._next = _Round[K, V]()
        round_.keys[key] = None
        try:
            async with self._at_work:
                self._close(round_)
                round_.found = await self._load(list(round_.keys))
            while round_.waiting:
                round_.waiting.unpark(count=ANSWERED_AT_ONCE)
                await trio.lowlevel.checkpoint()
        except DatabaseUnavailable as error:
            round_.error = error
            raise
        finally:
            self._close(round_)
            round_.waiting.unpark_all()
        return round_.found.get(key)

    def _close(self, round_: _Round[K, V]) -> None:
        """Lets nobody else join."""
        if self._next is round_:
            self._next = None
