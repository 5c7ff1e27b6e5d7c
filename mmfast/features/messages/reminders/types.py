"""The request for a reminder."""

from msgspec import Struct


class Reminder(Struct):
    """When to be reminded, in seconds since 1970."""

    target_time: int = 0
