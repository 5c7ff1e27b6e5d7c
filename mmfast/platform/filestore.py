"""Where uploaded files lie: a protocol that other stores can follow, and the one that keeps them in a folder.

Names are relative paths with `/`, as the database holds them; a name that would leave the store is refused. All disk
work happens in threads. Not here: which file has which name, and who may read it (features).
"""

import os
import secrets
import shutil
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import suppress
from io import BufferedReader, BufferedWriter
from pathlib import Path, PurePosixPath
from typing import Final, Literal, NamedTuple, Protocol, TypeVar

import trio

T = TypeVar("T")

CHUNK_BYTES: Final = 256 * 1024
"""Bytes read or written in one go: large enough that the change of thread does not show."""

_THREADS: Final = 16
"""Threads for disk work; more would only queue at the disk."""

_PARTIAL: Final = ".partial-"
"""How a file is called while it is being written."""


class FileMissing(FileNotFoundError):
    """There is no such file."""


class InvalidName(ValueError):
    """The name is not one that a store can hold."""


class FileFacts(NamedTuple):
    """What a store knows of a file besides its content."""

    size: int
    modified_at: float
    """In seconds of the epoch."""


class FileStore(Protocol):
    """Files by name. Reading something absent raises FileMissing."""

    async def read(self, name: str) -> bytes:
        """The whole content."""

    def stream(self, name: str, start: int = 0, length: int | None = None) -> AsyncIterator[bytes]:
        """The content in pieces, from `start`, at most `length` bytes."""

    async def write(self, name: str, content: bytes | AsyncIterator[bytes]) -> int:
        """Makes or replaces a file in one step; gives its size."""

    async def append(self, name: str, content: bytes | AsyncIterator[bytes]) -> int:
        """Adds to a file, making it if absent; gives the bytes added. Each piece counts as soon as it is written."""

    async def exists(self, name: str) -> bool:
        """Whether there is such a file."""

    async def size(self, name: str) -> int:
        """The length in bytes."""

    async def modified_at(self, name: str) -> float:
        """When the file was last written, in seconds of the epoch."""

    async def facts(self, name: str) -> FileFacts:
        """Length and time of the last writing in one go."""

    async def move(self, old: str, new: str) -> None:
        """Renames a file, replacing one of the new name."""

    async def copy(self, old: str, new: str) -> None:
        """Makes `new` with the content of `old`."""

    async def delete(self, name: str) -> None:
        """Removes a file; its absence is fine."""

    async def delete_folder(self, name: str) -> None:
        """Removes everything below `name`; its absence is fine."""

    async def delete_stale(self, folder: str, before: float) -> None:
        """Removes the files directly in `folder`, half-written ones too, that were last written before a moment."""

    def find_path(self, name: str) -> Path | None:
        """Where the file lies on this machine, for sending it from the disk; None for a store elsewhere."""

    async def list_files(self, folder: str) -> list[str]:
        """The names of the files directly in `folder`, in order."""


class LocalFileStore:
    """Files in a folder of this machine."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._limiter = trio.CapacityLimiter(_THREADS)

    async def read(self, name: str) -> bytes:
        path = self._path(name)
        return await self._in_thread(lambda: _read(path, name))

    async def stream(self, name: str, start: int = 0, length: int | None = None) -> AsyncIterator[bytes]:
        path = self._path(name)
        file = await self._in_thread(lambda: _open(path, name, start))
        left = length
        try:
            while left is None or left > 0:
                piece = await self._in_thread(_reader(file, CHUNK_BYTES if left is None else min(CHUNK_BYTES, left)))
                if not piece:
                    return
                if left is not None:
                    left -= len(piece)
                yield piece
        finally:
            file.close()

    async def write(self, name: str, content: bytes | AsyncIterator[bytes]) -> int:
        path = self._path(name)
        partial = path.with_name(f"{_PARTIAL}{secrets.token_hex(8)}")
        try:
            size = await self._fill(partial, "xb", content)
            await self._in_thread(lambda: os.replace(partial, path))
        except BaseException:
            with suppress(OSError):
                partial.unlink()
            raise
        return size

    async def append(self, name: str, content: bytes | AsyncIterator[bytes]) -> int:
        return await self._fill(self._path(name), "ab", content)

    async def exists(self, name: str) -> bool:
        return await self._in_thread(self._path(name).is_file)

    async def size(self, name: str) -> int:
        path = self._path(name)
        return (await self._in_thread(lambda: _stat(path, name))).st_size

    async def modified_at(self, name: str) -> float:
        path = self._path(name)
        return (await self._in_thread(lambda: _stat(path, name))).st_mtime

    async def facts(self, name: str) -> FileFacts:
        path = self._path(name)
        found = await self._in_thread(lambda: _stat(path, name))
        return FileFacts(found.st_size, found.st_mtime)

    async def move(self, old: str, new: str) -> None:
        source, target = self._path(old), self._path(new)
        await self._in_thread(lambda: _move(source, target, old))

    async def copy(self, old: str, new: str) -> None:
        await self.write(new, self.stream(old))

    async def delete(self, name: str) -> None:
        path = self._path(name)
        await self._in_thread(lambda: path.unlink(missing_ok=True))

    async def delete_folder(self, name: str) -> None:
        path = self._path(name)
        await self._in_thread(lambda: shutil.rmtree(path, ignore_errors=True))

    async def delete_stale(self, folder: str, before: float) -> None:
        path = self._path(folder)
        await self._in_thread(lambda: _delete_stale(path, before))

    def find_path(self, name: str) -> Path | None:
        return self._path(name)

    async def list_files(self, folder: str) -> list[str]:
        path = self._path(folder)
        return await self._in_thread(lambda: _list(path, folder))

    def _path(self, name: str) -> Path:
        parts = PurePosixPath(name).parts
        if not parts or name.startswith("/") or ".." in parts or "\0" in name or "\\" in name:
            raise InvalidName(name)
        return self.root.joinpath(*parts)

    async def _fill(self, path: Path, mode: Literal["xb", "ab"], content: bytes | AsyncIterator[bytes]) -> int:
        file = await self._in_thread(lambda: _create(path, mode))
        size = 0
        try:
            if isinstance(content, bytes):
                size = await self._in_thread(_writer(file, content))
            else:
                async for piece in content:
                    size += await self._in_thread(_writer(file, piece))
        finally:
            with trio.CancelScope(shield=True):
                await self._in_thread(file.close)
        return size

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await trio.to_thread.run_sync(work, limiter=self._limiter)


def _read(path: Path, name: str) -> bytes:
    with _open(path, name) as file:
        return file.read()


def _open(path: Path, name: str, start: int = 0) -> BufferedReader:
    try:
        file = path.open("rb")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        raise FileMissing(name) from None
    if start:
        file.seek(start)
    return file


def _stat(path: Path, name: str) -> os.stat_result:
    try:
        return path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise FileMissing(name) from None


def _create(path: Path, mode: Literal["xb", "ab"]) -> BufferedWriter:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open(mode)


def _move(source: Path, target: Path, name: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.replace(source, target)
    except FileNotFoundError:
        raise FileMissing(name) from None


def _list(path: Path, folder: str) -> list[str]:
    try:
        entries: Iterable[os.DirEntry[str]] = list(os.scandir(path))
    except (FileNotFoundError, NotADirectoryError):
        return []
    names = [entry.name for entry in entries if entry.is_file() and not entry.name.startswith(_PARTIAL)]
    return [str(PurePosixPath(folder, name)) for name in sorted(names)]


def _delete_stale(path: Path, before: float) -> None:
    with suppress(FileNotFoundError, NotADirectoryError):
        for entry in os.scandir(path):
            with suppress(FileNotFoundError):  # another worker was quicker
                if entry.is_file() and entry.stat().st_mtime < before:
                    os.unlink(entry.path)


def _reader(file: BufferedReader, count: int) -> Callable[[], bytes]:
    return lambda: file.read(count)


def _writer(file: BufferedWriter, piece: bytes) -> Callable[[], int]:
    return lambda: file.write(piece)
