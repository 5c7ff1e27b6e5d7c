"""The one door through which services tell news; what is behind it (hub, bus) is not their business."""

from typing import Protocol

from mmfast.realtime.event import Announcement
from mmfast.realtime.signals import Signal

Item = Announcement | Signal


class Publisher(Protocol):
    """Takes news in order. Never blocks and never fails because of a receiver."""

    def publish(self, item: Item) -> None: ...
