"""How an ephemeral post reaches its reader."""

from mmfast.realtime.event import Document, Event


class EphemeralMessage(Event, name="ephemeral_message"):
    """A post for one user in a channel."""

    post: Document
