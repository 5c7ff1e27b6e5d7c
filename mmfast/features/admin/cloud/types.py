"""What clients ask about hosting."""

from msgspec import Struct


class VendorConnection(Struct):
    """How well the vendor's server is reached."""

    status: str = "unavailable"
