"""Where a configuration is kept: a `config.json` file, or the `configurations` table of a PostgreSQL database.

A source reads and writes plain JSON objects and tells by a fingerprint whether somebody else wrote meanwhile. Not
here: what the settings mean (model.py) and when they are read (store.py).
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, Protocol

import trio

from mmfast.platform.config.model import ConfigError


class ConfigSource(Protocol):
    """Reads and writes the stored configuration."""

    @property
    def name(self) -> str:
        """How to call it in messages; holds no password."""

    async def read(self) -> dict[str, Any] | None:
        """The stored object, or None if there is none yet; ConfigError if it is broken or out of reach."""

    async def write(self, data: dict[str, Any]) -> None:
        """Replaces the stored object in one step."""

    async def get_fingerprint(self) -> object:
        """A value that differs after every write by anybody."""


class FileSource:
    """A JSON file, replaced atomically."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = str(path)

    async def read(self) -> dict[str, Any] | None:
        try:
            text = await trio.Path(self.path).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{self.path}: cannot be read: {error}") from None
        return parse_object(self.name, text)

    async def write(self, data: dict[str, Any]) -> None:
        try:
            await trio.to_thread.run_sync(self._replace, json.dumps(data, indent=4, ensure_ascii=False) + "\n")
        except OSError as error:
            raise ConfigError(f"{self.path}: cannot be written: {error.strerror}") from None

    async def get_fingerprint(self) -> object:
        try:
            stat = await trio.Path(self.path).stat()
        except OSError:
            return None
        return (stat.st_mtime_ns, stat.st_size, stat.st_ino)

    def _replace(self, text: str) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        mode = self.path.stat().st_mode & 0o777 if self.path.exists() else 0o600
        new = self.path.with_name(f".{self.path.name}.{os.getpid()}.new")
        try:
            with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(new, self.path)
        except OSError as error:
            new.unlink(missing_ok=True)
            # A file mounted by itself into a container can be rewritten but not replaced.
            if error.errno not in (errno.EBUSY, errno.EXDEV):
                raise
            self.path.write_text(text, encoding="utf-8")


class ConfigConnection(Protocol):
    """What DatabaseSource needs of a database connection."""

    async def fetchrow(self, query: str, *args: Any) -> Any: ...

    async def execute(self, query: str, *args: Any) -> Any: ...


Connect = Callable[[], AbstractAsyncContextManager[ConfigConnection]]


class DatabaseSource:
    """The active row of the table `configurations`; every write adds a row, so that older ones can be looked up."""

    name = "the configuration in the database"

    def __init__(self, connect: Connect, new_id: Callable[[], str], now_ms: Callable[[], int]) -> None:
        self._connect, self._new_id, self._now_ms = connect, new_id, now_ms

    async def read(self) -> dict[str, Any] | None:
        async with self._open() as db:
            row = await db.fetchrow("SELECT value FROM configurations WHERE active")
        return None if row is None else parse_object(self.name, row[0])

    async def write(self, data: dict[str, Any]) -> None:
        text = json.dumps(data, ensure_ascii=False)
        async with self._open() as db:
            # One statement, hence one transaction: there is never a moment without an active row.
            await db.execute(
                "WITH retired AS (UPDATE configurations SET active = NULL WHERE active RETURNING id) "
                "INSERT INTO configurations (id, value, createat, active, sha) "
                "SELECT $1, $2, $3, true, encode(sha256(convert_to($2, 'UTF8')), 'hex') "
                "FROM (SELECT count(*) FROM retired) AS done",
                self._new_id(),
                text,
                self._now_ms(),
            )

    async def get_fingerprint(self) -> object:
        async with self._open() as db:
            row = await db.fetchrow("SELECT id FROM configurations WHERE active")
        return None if row is None else row[0]

    @asynccontextmanager
    async def _open(self) -> AsyncIterator[ConfigConnection]:
        try:
            async with self._connect() as db:
                yield db
        except OSError as error:
            raise ConfigError(f"{self.name} cannot be reached: {error}") from None


def parse_object(name: str, text: str) -> dict[str, Any]:
    """The JSON object in `text`; ConfigError with line and column if it is none."""
    try:
        data = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise ConfigError(f"{name}: not valid JSON: {error.msg} at line {error.lineno} column {error.colno}") from None
    if not isinstance(data, dict):
        raise ConfigError(f"{name}: must hold a JSON object")
    return data
