"""A receipt, and what a phone shows of a push whose text it fetches itself."""

from typing import Final

from msgspec import Struct

CLEAR: Final = "clear"
MESSAGE: Final = "message"


class PushReceipt(Struct):
    """A push reached a phone. `is_id_loaded`: it held no text, the phone asks for it now."""

    id: str = ""
    received_at: int = 0
    platform: str = ""
    type: str = ""
    post_id: str = ""
    is_id_loaded: bool = False


class PushText(Struct):
    """What the push would have held."""

    ack_id: str
    platform: str
    type: str
    post_id: str
    root_id: str
    channel_id: str
    channel_name: str
    team_id: str
    sender_id: str
    sender_name: str
    message: str
    version: str = "v2"
    is_id_loaded: bool = True
