"""What clients are told about roles."""

from mmfast.realtime.event import Document, Event


class RoleUpdated(Event, name="role_updated"):
    """The permissions of a role changed; everybody hears it, since anybody may hold it."""

    role: Document
