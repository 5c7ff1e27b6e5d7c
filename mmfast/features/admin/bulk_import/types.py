"""How an import goes, and how it fails."""

from collections.abc import Awaitable, Callable

from msgspec import Struct

from mmfast.api.context import Context
from mmfast.core.errors import AppError


class ImportFailed(Exception):
    """The import stopped at a line, at a field of it where that is known."""

    def __init__(self, line: int, field: str, error: AppError, *, resume: int = 0) -> None:
        super().__init__(line, field, error)
        self.line = line
        self.field = field
        self.error = error
        self.resume = resume
        """The line to go on at: all before it is written. 0 while nothing is, as the file was still being checked."""


class Progress(Struct):
    """How far an import is; lines that are checked count as a tenth of those that are written."""

    checked: int = 0
    written: int = 0
    total: int = 0
    """Lines of the file; 0 until all are checked."""
    counts: dict[str, int] = {}
    """Lines by kind, as they are checked."""

    @property
    def percent(self) -> int:
        """From 0 to 100."""
        return 10 + self.written * 90 // self.total if self.total else 0

    @property
    def summary(self) -> str:
        """What the file holds, as far as it is known."""
        return ", ".join(f"{count} {kind}" for kind, count in self.counts.items() if kind != "version")


async def _nothing(ctx: Context, line: int) -> None:
    return


class Options(Struct):
    """What an import is asked for."""

    dry_run: bool = False
    """Only check."""
    start: int = 1
    """The first line to write; those before it are taken to be done."""
    tell: Callable[[Progress], None] = lambda progress: None
    """Called now and then."""
    checkpoint: Callable[[Context, int], Awaitable[None]] = _nothing
    """Called with the next line to write, in the transaction that writes all before it."""
