"""What a user's own clients are told of the status."""

from mmfast.realtime.event import Event


class StatusChange(Event, name="status_change", droppable=True):
    status: str
    user_id: str
