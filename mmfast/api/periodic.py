"""Small work that every worker does again and again, such as ending what has run out.

A feature declares it in its `jobs`: `@periodic("end of do-not-disturb", seconds=60)`. It must be harmless when several
workers do it at once: one set-based statement that each row passes once. Work that is long, that must run once in an
installation, or that people look at and cancel is a job with a lease, not this.
"""

from collections.abc import Awaitable, Callable
from typing import Final, NamedTuple

import trio

from mmfast.api.context import App, Context

Work = Callable[[Context], Awaitable[None]]


class Periodic(NamedTuple):
    """Declared work; the first run comes after the first interval."""

    name: str
    seconds: float
    work: Work


PERIODIC: Final[list[Periodic]] = []
"""All declared work."""


def periodic(name: str, *, seconds: float) -> Callable[[Work], Work]:
    """Declares the decorated function as work to be done every so many seconds."""

    def declare(work: Work) -> Work:
        PERIODIC.append(Periodic(name, seconds, work))
        return work

    return declare


async def run_periodic(app: App) -> None:
    """Does all declared work until cancelled. A run that fails is logged, and tried again at its next time."""
    async with trio.open_nursery() as nursery:
        for item in PERIODIC:
            nursery.start_soon(_repeat, app, item, name=item.name)


async def _repeat(app: App, item: Periodic) -> None:
    while True:
        await trio.sleep(item.seconds)
        await app.run(item.name, item.work)
