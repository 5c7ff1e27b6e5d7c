"""How far a long command is, at the terminal: a bar that moves, or a plain line every tenth where nobody watches.

It goes to stderr, so that what a command prints stays clean. The library is loaded only when a bar is drawn.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TextIO

Tell = Callable[[int, str], None]
"""Takes how far the work is, in per cent, and a few words on it."""

_STEP: Final = 10
"""Per cent between two lines where no bar is drawn."""


@contextmanager
def shown_progress(title: str, out: TextIO | None = None) -> Iterator[Tell]:
    """What tells of the work that is done in the block."""
    out = out or sys.stderr
    if not out.isatty():
        yield _lines(title, out)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[said]}"),
    )
    with Progress(*columns, console=Console(file=out)) as bar:
        task = bar.add_task(title, total=100, said="")
        yield lambda percent, said: bar.update(task, completed=percent, said=said)


def _lines(title: str, out: TextIO) -> Tell:
    last = -1

    def tell(percent: int, said: str) -> None:
        nonlocal last
        if percent // _STEP > last:
            last = percent // _STEP
            print(f"{title}: {percent} % {said}".rstrip(), file=out, flush=True)

    return tell
