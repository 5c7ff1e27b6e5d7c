"""Where somebody writes."""

import msgspec


class TypingPlace(msgspec.Struct):
    """A channel, and the thread in it if any."""

    channel_id: str = ""
    parent_id: str = ""
