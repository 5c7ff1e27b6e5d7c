"""A trigger id in its two forms."""

from typing import NamedTuple


class TriggerId(NamedTuple):
    """What the user's client knows (`id`), and what the integration is given (`signed`)."""

    id: str
    signed: str
