"""A log file that several processes write and that any of them puts aside when it is full.

Before each line a writer looks whether the file at the path is still the one it has open, so none writes for long into
a file put aside; and what was written there in between stays in it. Files put aside are named by the time, and removed
by their number or age. They are not compressed: a late line of another process would be lost in that.
"""

import fcntl
import logging
import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

MEGABYTE: Final = 1024 * 1024
DAY_SECONDS: Final = 86_400


class LogFile(logging.FileHandler):
    """Appends lines to `path`; past `max_bytes` (0: never) it begins a new file.

    At most `kept` files put aside are kept (0: any number), none older than `max_days` (0: of any age).
    """

    def __init__(self, path: Path, *, max_bytes: int = 0, kept: int = 0, max_days: int = 0) -> None:
        super().__init__(path, encoding="utf-8", delay=True)
        self._max_bytes = max_bytes
        self._kept = kept
        self._max_days = max_days

    def emit(self, record: logging.LogRecord) -> None:
        if self.stream is not None and self._was_put_aside(self.stream):
            self._close_stream()
        if self.stream is not None and self._is_full(self.stream):
            self._put_aside()
        super().emit(record)

    def _was_put_aside(self, stream: IO[str]) -> bool:
        try:
            return not os.path.samestat(os.stat(self.baseFilename), os.fstat(stream.fileno()))
        except FileNotFoundError:
            return True

    def _is_full(self, stream: IO[str]) -> bool:
        return self._max_bytes > 0 and os.fstat(stream.fileno()).st_size >= self._max_bytes

    def _close_stream(self) -> None:
        if self.stream is not None:
            self.stream.close()
            self.stream = None

    def _put_aside(self) -> None:
        """Renames the full file, unless another process has done so since we looked."""
        path = Path(self.baseFilename)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            if self.stream is not None and not self._was_put_aside(self.stream):
                path.rename(self._aside(path))
                self._remove_old(path)
        except OSError as error:  # a full log is better than none
            print(f"{path} cannot be put aside: {error}", file=sys.stderr)
            return
        finally:
            os.close(folder)  # and with it the lock
        self._close_stream()

    def _aside(self, path: Path) -> Path:
        """A name that no file has; names sort by the time."""
        while True:
            seconds, rest = divmod(time.time_ns(), 10**9)
            moment = time.strftime("%Y-%m-%dT%H-%M-%S", time.gmtime(seconds))
            aside = path.with_name(f"{path.stem}-{moment}.{rest:09}{path.suffix}")
            if not aside.exists():
                return aside

    def _remove_old(self, path: Path) -> None:
        aside = sorted(path.parent.glob(f"{path.stem}-[0-9]*T[0-9-]*.[0-9]*{path.suffix}"), reverse=True)
        oldest = time.time() - self._max_days * DAY_SECONDS
        for number, file in enumerate(aside):
            with suppress(FileNotFoundError):
                if (self._kept and number >= self._kept) or (self._max_days and file.stat().st_mtime < oldest):
                    file.unlink()
