"""Archives as zip files, and as folders.

An archive comes from a stranger as often as not. Names that would leave it, links, encrypted files, and far more
content than its size can honestly hold are refused before anything is read; what is read is counted, whatever the
archive says of itself.
"""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Final, cast

from mmfast.features.admin.import_archives.types import Archive, MissingFile, RefusedArchive

MAX_FILES: Final = 1_000_000
"""Each costs some 500 bytes of memory while the archive is open."""

MAX_RATIO: Final = 200
"""Content to archive. Chat as JSON comes to 10 or 20, and the worst that deflate can do is 1,032."""

HONEST_BYTES: Final = 64 * 1024 * 1024
"""Content that is no danger whatever the ratio."""

READ_BYTES: Final = 256 * 1024

_DATA: Final = "data"
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)
"""What zipfile raises for archives that are broken, encrypted, or of a method that it does not know."""


def open_archive(path: Path) -> Archive:
    """The archive of a file: a zip, or of a bare .jsonl the folder in which it lies. Raises RefusedArchive. Blocks."""
    if not path.is_file():
        raise RefusedArchive(f"there is no file {path.name}")
    if path.suffix.lower() == ".jsonl":
        return FolderArchive(path)
    return ZipArchive(path)


def find_lines(archive: Archive) -> str:
    """The name of the file with the lines: the one that ends in .jsonl and lies highest. Raises MissingFile."""
    found = [name for name in archive.names() if name.lower().endswith(".jsonl")]
    if not found:
        raise MissingFile(".jsonl")
    return min(found, key=lambda name: (name.count("/"), name))


def clean_path(path: str) -> str | None:
    """A path within an archive without `.` and doubled slashes; None for one that leads out or is no name at all."""
    if not path or "\0" in path or "\\" in path or path.startswith("/"):
        return None
    parts = PurePosixPath(path).parts
    return None if not parts or ".." in parts else "/".join(parts)


def candidates(path: str) -> list[str]:
    """Where a file may lie that a line calls `path`."""
    clean = clean_path(path.lstrip("/"))
    return [] if clean is None else [f"{_DATA}/{clean}", clean]


def read_all(archive: Archive, name: str, limit: int) -> bytes:
    """A small file. Raises MissingFile, and RefusedArchive for one of more than `limit` bytes. Blocks."""
    if archive.size(name) > limit:
        raise RefusedArchive(f"{name} is larger than {limit} bytes")
    with archive.open(name) as file:
        return file.read(limit)


def _lines(file: IO[bytes], name: str, limit: int) -> Iterator[bytes]:
    with file, io.BufferedReader(file, READ_BYTES) as buffered:  # type: ignore[type-var]
        while line := buffered.readline(limit + 1):
            if len(line) > limit:
                raise RefusedArchive(f"a line of {name} is longer than {limit} bytes")
            yield line


class ZipArchive:
    """A zip file."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except _BROKEN as error:
            raise RefusedArchive(f"{path.name} is no zip file: {error}") from None
        try:
            self._entries = _checked(self._zip.infolist(), path.stat().st_size)
        except RefusedArchive:
            self._zip.close()
            raise

    def names(self) -> list[str]:
        return list(self._entries)

    def size(self, name: str) -> int:
        return self._entry(name).file_size

    def checksum(self, name: str) -> int:
        return self._entry(name).CRC

    def open(self, name: str) -> IO[bytes]:
        try:
            return cast(IO[bytes], _Guarded(self._zip.open(self._entry(name)), name))
        except _BROKEN as error:
            raise RefusedArchive(f"{name} cannot be read: {error}") from None

    def find(self, path: str) -> str | None:
        return next((name for name in candidates(path) if name in self._entries), None)

    def lines(self, name: str, limit: int) -> Iterator[bytes]:
        return _lines(self.open(name), name, limit)

    def close(self) -> None:
        self._zip.close()

    def _entry(self, name: str) -> zipfile.ZipInfo:
        try:
            return self._entries[name]
        except KeyError:
            raise MissingFile(name) from None


def _checked(entries: list[zipfile.ZipInfo], archive_size: int) -> dict[str, zipfile.ZipInfo]:
    if len(entries) > MAX_FILES:
        raise RefusedArchive(f"the archive has more than {MAX_FILES} files")
    content = sum(entry.file_size for entry in entries)
    if content > HONEST_BYTES and content > MAX_RATIO * archive_size:
        raise RefusedArchive(f"the archive of {archive_size} bytes claims to hold {content}")
    found = {}
    for entry in entries:
        if entry.is_dir():
            continue
        name = clean_path(entry.filename)
        if name is None:
            raise RefusedArchive(f"the archive has a file with a name that leads out of it: {entry.filename!r}")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise RefusedArchive(f"the archive has a link: {name}")
        if entry.flag_bits & 1:
            raise RefusedArchive(f"the archive has an encrypted file: {name}")
        found[name] = entry
    return found


class _Guarded(io.RawIOBase):
    """A file of a zip whose faults are told as RefusedArchive."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file, self._name = file, name

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            piece = self._file.read(len(buffer))
        except _BROKEN as error:
            raise RefusedArchive(f"{self._name} cannot be read: {error}") from None
        buffer[: len(piece)] = piece
        return len(piece)

    def read(self, size: int | None = -1, /) -> bytes:
        try:
            return self._file.read(-1 if size is None else size)
        except _BROKEN as error:
            raise RefusedArchive(f"{self._name} cannot be read: {error}") from None

    def close(self) -> None:
        self._file.close()
        super().close()


class FolderArchive:
    """A file of lines, and the files beside it that it names; none outside its folder, by links neither."""

    def __init__(self, path: Path) -> None:
        self._lines_name = path.name
        self._root = path.parent.resolve()

    def names(self) -> list[str]:
        return [self._lines_name]

    def size(self, name: str) -> int:
        return self._path(name).stat().st_size

    def checksum(self, name: str) -> int:
        sum = 0
        with self.open(name) as file:
            while piece := file.read(READ_BYTES):
                sum = zlib.crc32(piece, sum)
        return sum

    def open(self, name: str) -> IO[bytes]:
        return self._path(name).open("rb", buffering=0)

    def find(self, path: str) -> str | None:
        return next((name for name in candidates(path) if self._is_file(name)), None)

    def lines(self, name: str, limit: int) -> Iterator[bytes]:
        return _lines(self.open(name), name, limit)

    def close(self) -> None:
        """There is nothing to let go of."""

    def _path(self, name: str) -> Path:
        if not self._is_file(name):
            raise MissingFile(name)
        return self._root / name

    def _is_file(self, name: str) -> bool:
        path = (self._root / name).resolve()
        return path.is_relative_to(self._root) and path.is_file()
