"""What a packet holds."""

from msgspec import Struct


class PacketQuery(Struct):
    """What is wanted in it."""

    basic_server_logs: bool = True


class Diagnostics(Struct):
    """The machine, the program and the database."""

    version: str
    python: str
    system: str
    processors: int
    hot_paths: str
    """Which implementation of them runs."""
    database: str
    schema_version: int
    figures: dict[str, int]
