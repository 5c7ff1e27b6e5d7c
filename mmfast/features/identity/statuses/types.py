"""The shapes of statuses."""

from typing import Final

import msgspec
from msgspec import UNSET, UnsetType

ONLINE: Final = "online"
AWAY: Final = "away"
DND: Final = "dnd"
OFFLINE: Final = "offline"
OUT_OF_OFFICE: Final = "ooo"
CHOSEN_BY_HAND: Final = frozenset((ONLINE, AWAY, DND, OFFLINE))
"""What a person may set; out of office follows from the automatic reply."""


class Status(msgspec.Struct):
    """A status as clients see it. Times: `last_activity_at` in milliseconds, `dnd_end_time` in seconds."""

    user_id: str
    status: str = OFFLINE
    manual: bool = False
    last_activity_at: int = 0
    dnd_end_time: int = 0
    active_channel: str | UnsetType = UNSET


class Presence(msgspec.Struct, frozen=True):
    """A row of `status`, and the channel last viewed, which is remembered in memory only."""

    user_id: str
    status: str = OFFLINE
    manual: bool = False
    last_activity_at: int = 0
    dnd_end_time: int = 0
    prev_status: str = ""
    active_channel: str = ""

    def shown(self) -> Status:
        """As clients see it."""
        return Status(
            self.user_id,
            self.status,
            self.manual,
            self.last_activity_at,
            self.dnd_end_time,
            self.active_channel or UNSET,
        )


class StatusUpdate(msgspec.Struct):
    """The body that sets a status."""

    user_id: str = ""
    status: str = ""
    dnd_end_time: int = 0
