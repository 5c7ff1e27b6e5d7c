"""A mail as it is queued."""

from msgspec import Struct


class Content(Struct):
    """What a mail says, ready to be sent."""

    subject: str
    html: str
    text: str
    conversation: str = ""
    """Mails with the same one stand together in mail readers."""


class QueuedMail(Struct):
    """A mail that has been claimed for sending."""

    id: str
    recipient: str
    subject: str
    html: str
    text: str
    conversation: str
    attempts: int
    """How many tries have failed."""
    claimed_at: int
    """When this worker took it: another claim has another moment."""


class Sender(Struct):
    """What one worker does about the queue at the moment."""

    running: bool = False
    again: bool = False
    """Set by whoever queues a mail while the queue is being worked off."""
    table_exists: bool = False
    """And has all columns that this release knows."""
