"""An announcement made ready for delivery: encoded once, for all receivers and for the other workers.

A parcel's text is the whole event up to its number. Receivers with data of their own get a variant: more keys at the
end of `data`, in which places are marked for the receiver's id. Who the receivers are is decided in `hub`.
"""

import msgspec

from mmfast.hot import ID, envelope
from mmfast.realtime.event import Announcement, data_fields

Text = tuple[bytes, tuple[int, ...]]
"""An event's text, and the offsets at which the receiver's id is patched in."""

PLACE = b"#" * ID
SHOULD_ACK = "should_ack"


class Parcel(msgspec.Struct, array_like=True):
    """What travels between workers: the encoded event and the rules by which each finds its receivers."""

    text: bytes
    data_end: int
    """Where the braces of `data` close: the place for further keys."""
    droppable: bool = False
    in_view: bool = False
    user_id: str = ""
    channel_id: str = ""
    team_id: str = ""
    connection_id: str = ""
    omit_users: list[str] = []
    omit_connection_id: str = ""
    for_admins: bool | None = None
    receivers: dict[str, frozenset[str]] = {}
    acknowledgers: frozenset[str] = frozenset()
    only_users: frozenset[str] | None = None
    about_user: str = ""
    key: str = ""
    """What was delivered under the key before is not delivered again; empty for none."""


def pack(said: Announcement) -> Parcel:
    """Encodes an announcement."""
    kind = type(said.event)
    broadcast = msgspec.json.encode(said.broadcast())
    text = envelope(kind.event_name, data_fields(said.event), broadcast)
    for_admins = True if said.contains_sensitive_data else False if said.contains_sanitized_data else None
    return Parcel(
        text=text,
        data_end=len(text) - len(broadcast) - len(b'},"broadcast":,"seq":'),
        droppable=kind.droppable,
        in_view=kind.in_view,
        user_id=said.user_id,
        channel_id=said.channel_id,
        team_id=said.team_id,
        connection_id=said.connection_id,
        omit_users=list(said.omit_users or ()),
        omit_connection_id=said.omit_connection_id,
        for_admins=for_admins,
        receivers=said.receivers,
        acknowledgers=said.acknowledgers,
        only_users=said.only_users,
        about_user=said.about_user,
        key=said.key,
    )


def variant(parcel: Parcel, keys: tuple[str, ...]) -> Text:
    """The text with further keys: the receiver's own id as a list in a document, or a plain true."""
    text, at = parcel.text, parcel.data_end
    more = bytearray()
    marks = []
    for key in keys:
        if more or text[at - 1 : at] != b"{":
            more += b","
        if key == SHOULD_ACK:
            more += b'"should_ack":true'
            continue
        more += b'"' + key.encode() + b'":"[\\"'
        marks.append(at + len(more))
        more += PLACE + b'\\"]"'
    return text[:at] + bytes(more) + text[at:], tuple(marks)
