"""What administrators ask about the database."""

from msgspec import Struct


class Migration(Struct):
    """One step of the schema's history."""

    version: int
    name: str
