"""The events that the realtime part itself sends."""

from mmfast.realtime.event import Event


class Hello(Event, name="hello"):
    """The first event of a line; its connection id is what a client gives to take the line up again."""

    server_version: str
    connection_id: str
    server_hostname: str


class Typing(Event, name="typing", droppable=True, in_view=True):
    """Somebody writes in a channel, or in one of its threads."""

    parent_id: str
    user_id: str
