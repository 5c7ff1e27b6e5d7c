"""When Python looks for cyclic garbage.

A full search looks at everything that lives: with ten thousand clients it stops the worker for a tenth of a second, and
Python starts one whenever a quarter has been added, so again and again while clients come. What is made at the start
stays and is never looked at; young objects are searched as usual; everything is searched only now and then.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import trio

YOUNG, MIDDLE, NEVER = 2_000, 10, 1_000_000
"""Objects made until the young are searched; such searches until those that survived one are; and never all."""

FULL_SECONDS = 600.0


@contextmanager
def rare_full_collections() -> Iterator[None]:
    """Holds for the time of a worker. To be entered when everything is loaded; needs `collect_now_and_then`."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, NEVER)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


async def collect_now_and_then() -> None:
    """Searches everything at long intervals, until cancelled."""
    while True:
        await trio.sleep(FULL_SECONDS)
        gc.collect()
