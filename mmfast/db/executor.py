"""What a store may do with the database: run statements.

A pool (`Database`) and an open transaction (`Transaction`) both are executors, so a store function never knows, and
must not care, in which of the two it runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, KeysView, Sequence
from typing import Any, Protocol


class Record(Protocol):
    """A row: read by position or by column name; iterating gives the values, in the order of the SELECT."""

    def __getitem__(self, key: int | str) -> Any: ...

    def __iter__(self) -> Iterator[Any]: ...

    def __len__(self) -> int: ...

    def keys(self) -> KeysView[str]: ...


class Executor(Protocol):
    """Runs statements with `$1` arguments."""

    async def fetch(self, sql: str, *args: Any) -> list[Record]:
        """All rows of the result."""

    async def fetchrow(self, sql: str, *args: Any) -> Record | None:
        """The first row, or None where there is none."""

    async def fetchval(self, sql: str, *args: Any) -> Any:
        """The first column of the first row, or None where there is no row."""

    async def execute(self, sql: str, *args: Any) -> str:
        """Run the statement and give PostgreSQL's command tag, such as `UPDATE 3`.

        Without arguments `sql` may hold several statements; PostgreSQL runs them as one transaction.
        """

    async def executemany(self, sql: str, arguments: Iterable[Sequence[Any]]) -> None:
        """Run the statement once for each set of arguments: all of them take effect, or none."""


def rows_affected(tag: str) -> int:
    """The number of rows that a command tag speaks of: 3 for `UPDATE 3`, 0 for `CREATE TABLE`."""
    count = tag.rpartition(" ")[2]
    return int(count) if count.isdigit() else 0
