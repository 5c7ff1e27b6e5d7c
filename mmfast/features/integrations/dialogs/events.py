"""How a client learns that it is to open a dialog."""

from mmfast.realtime.event import Document, Event


class OpenDialog(Event, name="open_dialog"):
    """A dialog for one user."""

    dialog: Document
