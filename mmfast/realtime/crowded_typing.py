"""Keeps news of typing from costing more than the posts that are written.

Where few listen every such news is told. In a channel with many clients each one is written to all of them, and who
reads there sees no more than a few names: one news of a user says enough for a while, and a few users are enough.
Posts are never held back.
"""

CROWDED = 200
"""Clients of a channel on this worker, from which on its news of typing are limited."""

WINDOW_MS = 2_500
"""Half of the time for which clients show that somebody writes: whoever goes on writing is told of again before."""

TOLD_AT_MOST = 8
"""Users in a window and place."""

Place = tuple[str, str]
"""A channel and a thread in it, or an empty string."""


class CrowdedTyping:
    """One worker's crowded places, and who is known to write there."""

    def __init__(self) -> None:
        self._told: dict[Place, dict[str, int]] = {}
        self._cleared_at = 0

    def is_told(self, place: Place, user_id: str, now: int) -> bool:
        """Whether the others shall hear that the user writes; then they count as having heard it."""
        if now - self._cleared_at > WINDOW_MS:
            self._clear(now)
        told = self._told.setdefault(place, {})
        if now - told.get(user_id, 0) < WINDOW_MS:
            return False
        if len(told) >= TOLD_AT_MOST:
            for other in [other for other, at in told.items() if now - at >= WINDOW_MS]:
                del told[other]
            if len(told) >= TOLD_AT_MOST:
                return False
        told[user_id] = now
        return True

    def _clear(self, now: int) -> None:
        """Forgets the places where nobody has written lately."""
        self._cleared_at = now
        for place in [p for p, told in self._told.items() if all(now - at >= WINDOW_MS for at in told.values())]:
            del self._told[place]
