"""What the configuration API is asked."""

from msgspec import Struct


class ConfigQuery(Struct):
    """Which part of the configuration to leave out of the answer."""

    remove_defaults: bool = False
    remove_masked: bool = False
