"""What an importer may ask of the thing that it imports from."""

from collections.abc import Iterator
from typing import IO, Protocol


class RefusedArchive(Exception):
    """It cannot or must not be read; the text says why, to administrators."""


class MissingFile(Exception):
    """There is no such file in it."""


class Archive(Protocol):
    """A tree of files, read only. All methods block: call them in threads, one at a time."""

    def names(self) -> list[str]:
        """The names of all files."""

    def size(self, name: str) -> int:
        """How many bytes the file has. Raises MissingFile."""

    def checksum(self, name: str) -> int:
        """The file's CRC-32. Raises MissingFile."""

    def open(self, name: str) -> IO[bytes]:
        """The file. Raises MissingFile, and on reading RefusedArchive for one that is broken."""

    def find(self, path: str) -> str | None:
        """The name of the file that a line means by `path`: below `data`, or as it stands."""

    def lines(self, name: str, limit: int) -> Iterator[bytes]:
        """The file's lines. Raises RefusedArchive for one of more than `limit` bytes."""

    def close(self) -> None:
        """Lets go of it."""
