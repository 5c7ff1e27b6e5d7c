"""What a client sends about group channels."""

from msgspec import Struct


class Conversion(Struct):
    """A group channel, and the private channel that it shall become."""

    channel_id: str = ""
    team_id: str = ""
    name: str = ""
    display_name: str = ""


class Pair(Struct, frozen=True):
    """The two users of a direct channel: who asks for it (or is asked for) and the other."""

    user_id: str
    other_id: str
