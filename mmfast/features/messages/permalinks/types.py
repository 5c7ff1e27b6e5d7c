"""A linked post as far as the reader may see it."""

from typing import Any

from msgspec import Struct


class Preview(Struct):
    """`embed` is None where the linked post is gone."""

    visible: bool
    embed: dict[str, Any] | None
    channel_id: str = ""
