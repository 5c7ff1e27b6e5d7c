"""What a client sends about group channels."""

from msgspec import Struct


class Conversion(Struct):
    """A group channel, and the private channel that it shall become."""

    channel_id: str = ""
    team_id: str = ""
    name: str = ""
    display_name: str = ""
