"""What the server has to say in a channel."""

from typing import Any

from msgspec import Struct


class Notice(Struct):
    """A post of the server that is not written yet. Clients in other languages make their text of the props."""

    type: str
    message: str
    props: dict[str, Any]
    root_id: str = ""
    set_online: bool = True
