"""A zip archive that is made piece by piece, for sinks that only take what comes next.

Everything here blocks a little (compression): call it in a thread. Names and sizes of the entries are kept until the
archive ends, some 600 bytes each; their content is not.
"""

import time
from types import TracebackType
from typing import IO, Final, Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_LEVEL: Final = 3
"""Of compression: text shrinks to a quarter, at a third of the default's cost."""


class _Sink:
    """What ZipFile writes to; it cannot be sought in, and ZipFile finds that out by asking where it is."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass

    def take(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken


class ZipStream:
    """An archive being made; each call gives the bytes that have become ready."""

    def __init__(self) -> None:
        self._sink = _Sink()
        self._zip = ZipFile(self._sink, "w", allowZip64=True)
        self._entry: IO[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._entry is not None:
            self._entry.close()
        self._zip.close()
        self._sink.take()

    def begin(self, name: str, *, compress: bool) -> bytes:
        """Ends the entry before, and begins one."""
        self._end_entry()
        info = ZipInfo(name, time.localtime()[:6])
        info.compress_type = ZIP_DEFLATED if compress else ZIP_STORED
        info._compresslevel = _LEVEL  # type: ignore[attr-defined]  # Python 3.13 calls it compress_level
        self._entry = self._zip.open(info, "w", force_zip64=True)
        return self._sink.take()

    def write(self, data: bytes) -> bytes:
        """Adds to the entry that was begun."""
        assert self._entry is not None, "an entry was begun"
        self._entry.write(data)
        return self._sink.take()

    def end(self) -> bytes:
        """Ends the archive."""
        self._end_entry()
        self._zip.close()
        return self._sink.take()

    def _end_entry(self) -> None:
        if self._entry is not None:
            self._entry.close()
            self._entry = None
