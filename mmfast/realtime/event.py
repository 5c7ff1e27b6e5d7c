"""What clients are told: an event is a class, its fields are the keys of its `data`.

    class ChannelCreated(Event, name="channel_created"):
        channel_id: str
        team_id: str

    ctx.announce(ChannelCreated(channel_id=channel.id, team_id=channel.team_id).to(user_id=ctx.user_id))

A field typed `Document` travels as a JSON document inside a JSON string, as the clients expect of posts, channels and
users. It may be given as ready bytes (used as they are), or as anything that msgspec encodes. A field whose value is
`UNSET` is left out.

Here is only what is said and to whom. How it reaches the sockets is `hub`'s business.
"""

from collections.abc import Collection, Mapping
from typing import Annotated, Any, get_type_hints

import msgspec
from msgspec import UNSET, StructMeta, UnsetType

Document = Annotated[Any, "document"]
"""The type of a field that travels as JSON text inside the JSON."""

CATALOGUE: dict[str, type["Event"]] = {}
"""Every event class by the name that clients see."""


class EventMeta(StructMeta):
    """Takes the keywords `name`, `droppable` and `in_view` of an event's class statement."""

    event_name: str
    droppable: bool
    in_view: bool

    def __new__(
        mcls,
        class_name: str,
        bases: tuple[type, ...],
        namespace: dict[str, Any],
        *,
        name: str = "",
        droppable: bool = False,
        in_view: bool = False,
        **struct_options: Any,
    ) -> "EventMeta":
        cls = super().__new__(mcls, class_name, bases, namespace, **struct_options)
        cls.event_name = name
        cls.droppable = droppable
        cls.in_view = in_view
        if name:
            if name in CATALOGUE:
                raise TypeError(f"two classes declare the event {name!r}")
            CATALOGUE[name] = cls  # type: ignore[assignment]  # only subclasses of Event have a name
        return cls

    def __init__(cls, *args: Any, **options: Any) -> None:
        """The keywords were taken by `__new__`."""


class Event(msgspec.Struct, metaclass=EventMeta):
    """The base of all events.

    `droppable` events (typing, status, viewed) are the first to go when a client does not keep up. An event that is
    `in_view` concerns only those who look at its channel: it is kept from a connection whose client told of every
    place on its screen that another channel is open there.
    """

    def to(
        self,
        *,
        user_id: str = "",
        channel_id: str = "",
        team_id: str = "",
        connection_id: str = "",
        omit_users: Mapping[str, bool] | Collection[str] | None = None,
        omit_connection_id: str = "",
    ) -> "Announcement":
        """Addresses the event. The narrowest given rule decides: connection, user, channel, team, everybody."""
        return Announcement(
            event=self,
            user_id=user_id,
            channel_id=channel_id,
            team_id=team_id,
            connection_id=connection_id,
            omit_users=None if omit_users is None else dict.fromkeys(omit_users, True),
            omit_connection_id=omit_connection_id,
        )


class Announcement(msgspec.Struct):
    """An event and those who are to hear it. The methods narrow or vary it and give it back."""

    event: Event
    user_id: str = ""
    channel_id: str = ""
    team_id: str = ""
    connection_id: str = ""
    omit_users: dict[str, bool] | None = None
    omit_connection_id: str = ""
    contains_sanitized_data: bool = False
    contains_sensitive_data: bool = False
    receivers: dict[str, frozenset[str]] = {}
    acknowledgers: frozenset[str] = frozenset()
    only_users: frozenset[str] | None = None
    about_user: str = ""
    key: str = ""

    def with_receivers(self, **fields: Collection[str]) -> "Announcement":
        """Adds `mentions` or `followers`: each named user's copy has that key, holding that user's id alone."""
        self.receivers = {**self.receivers, **{k: frozenset(ids) for k, ids in fields.items() if ids}}
        return self

    def asking_receipt(self, user_ids: Collection[str]) -> "Announcement":
        """These users' clients, where they opened their line with posted_ack=true, are asked to acknowledge."""
        self.acknowledgers = frozenset(user_ids)
        return self

    def sanitized(self) -> "Announcement":
        """The variant for those who may not manage the system; announce `sensitive()` for the others."""
        self.contains_sanitized_data = True
        return self

    def sensitive(self) -> "Announcement":
        """The variant for those who may manage the system."""
        self.contains_sensitive_data = True
        return self

    def only_for(self, user_ids: Collection[str]) -> "Announcement":
        """Of those addressed, only these users hear it. This narrowing is not shown to clients."""
        self.only_users = frozenset(user_ids)
        return self

    def about(self, user_id: str) -> "Announcement":
        """Guests hear it only if they share a channel with this user."""
        self.about_user = user_id
        return self

    def once(self, key: str) -> "Announcement":
        """It may be announced again, by whichever worker: the clients hear the first of those with this key only."""
        self.key = key
        return self

    def broadcast(self) -> dict[str, Any]:
        """The `broadcast` part of the event as clients see it."""
        shown: dict[str, Any] = {
            "omit_users": self.omit_users,
            "user_id": self.user_id,
            "channel_id": self.channel_id,
            "team_id": self.team_id,
            "connection_id": self.connection_id,
            "omit_connection_id": self.omit_connection_id,
        }
        if self.contains_sanitized_data:
            shown["contains_sanitized_data"] = True
        if self.contains_sensitive_data:
            shown["contains_sensitive_data"] = True
        return shown


_DOCUMENT_FIELDS: dict[type[Event], frozenset[str]] = {}


def _document_fields(cls: type[Event]) -> frozenset[str]:
    """The fields of the class that travel as text, looked up once: reading type hints is slow."""
    known = _DOCUMENT_FIELDS.get(cls)
    if known is None:
        hints = get_type_hints(cls, include_extras=True)
        known = frozenset(f for f in cls.__struct_fields__ if _is_document(hints[f]))
        _DOCUMENT_FIELDS[cls] = known
    return known


def _is_document(hint: Any) -> bool:
    if "document" in getattr(hint, "__metadata__", ()):
        return True
    return any(_is_document(part) for part in getattr(hint, "__args__", ()))


def data_fields(event: Event) -> list[tuple[str, bytes, bool]]:
    """The event's data in order: key, JSON bytes, and whether these are to be wrapped into a string."""
    documents = _document_fields(type(event))
    fields = []
    for key in event.__struct_fields__:
        value = getattr(event, key)
        if value is UNSET:
            continue
        wrap = key in documents
        if wrap and isinstance(value, str):
            value = value.encode()
        raw = bytes(value) if wrap and isinstance(value, bytes | msgspec.Raw) else msgspec.json.encode(value)
        fields.append((key, raw, wrap))
    return fields


__all__ = ["CATALOGUE", "UNSET", "Announcement", "Document", "Event", "UnsetType", "data_fields"]
