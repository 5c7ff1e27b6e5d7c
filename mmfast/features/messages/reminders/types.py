"""The request for a reminder, and one that is due."""

from msgspec import Struct


class Reminder(Struct):
    """When to be reminded, in seconds since 1970."""

    target_time: int = 0


class Due(Struct):
    """A reminder whose time has come."""

    post_id: str
    user_id: str
    target_time: int
