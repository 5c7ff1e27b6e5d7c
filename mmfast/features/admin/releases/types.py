"""What administrators ask about releases."""

from msgspec import Struct


class UpgradeStatus(Struct):
    """How far an upgrade has come."""

    percentage: int
    error: str
