"""How workers tell each other what happened: bytes in, bytes out, in order, from each worker to all others.

`local` joins the workers of one machine over Unix sockets. What the bytes mean is the business of those who send them
(`mmfast.realtime.exchange`). No request and answer, no storage: a worker that starts reads the database instead.
"""

from typing import Protocol


class BusListener(Protocol):
    """Who hears what the other workers send."""

    def greeting(self) -> list[bytes]:
        """What a worker that has just come must know of this one."""

    def heard(self, sender: int, message: bytes) -> None:
        """A message of another worker."""

    def lost(self, sender: int) -> None:
        """The other worker is gone; what it said about itself no longer holds."""

    def missed(self) -> None:
        """Messages of a living worker were lost: nothing here can be trusted to be complete."""


class Bus(Protocol):
    """The sending side."""

    worker: int

    def send(self, message: bytes) -> None:
        """Sends to all other workers. Never blocks, never raises."""
