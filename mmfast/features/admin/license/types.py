"""What the licence routes are asked and answer."""

from msgspec import Struct


class ClientLicenseQuery(Struct):
    """The wanted form of the client licence; only `old` exists."""

    format: str = ""


class LoadMetric(Struct):
    """How much of a licence's seats are in use; nothing without a licence."""

    load: int = 0
