"""Where a configuration is kept: a `config.json` file, or the `configurations` table of a PostgreSQL database.

A source reads and writes plain JSON objects and tells by a fingerprint whether somebody else wrote meanwhile. Not
here: what the settings mean (model.py) and when they are read (store.py).
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Protocol

import trio

from mmfast.core.clock import now_ms
from mmfast.core.ids import new_id
from mmfast.db.errors import DatabaseError
from mmfast.db.pool import Database, PoolLimits
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


class DatabaseSource:
    """The active row of the table `configurations`; every write adds a row, so that older ones can be looked up."""

    name = "the configuration in the database"

    def __init__(self, dsn: str) -> None:
        self.dsn = dsn

    async def read(self) -> dict[str, Any] | None:
        async with self._connected() as db:
            if not await db.fetchval(_TABLE_EXISTS):
                return None
            text = await db.fetchval("SELECT value FROM configurations WHERE active")
        return None if text is None else parse_object(self.name, text)

    async def write(self, data: dict[str, Any]) -> None:
        text = json.dumps(data, ensure_ascii=False)
        digest = hashlib.sha256(text.encode()).hexdigest()
        async with self._connected() as db, db.transaction() as tx:
            await tx.execute(_TABLE)
            await tx.execute("UPDATE configurations SET active = NULL WHERE active")
            await tx.execute(
                "INSERT INTO configurations (id, value, createat, active, sha) VALUES ($1, $2, $3, true, $4)",
                new_id(),
                text,
                now_ms(),
                digest,
            )

    async def get_fingerprint(self) -> object:
        async with self._connected() as db:
            if not await db.fetchval(_TABLE_EXISTS):
                return None
            return await db.fetchval("SELECT id FROM configurations WHERE active")

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[Database]:
        """A connection for this one use: the configuration is needed before there is a pool, and seldom after."""
        try:
            async with Database.open(self.dsn, _ONE_CONNECTION) as db:
                yield db
        except DatabaseError as error:
            raise ConfigError(f"{self.name} cannot be used: {error}") from None


_TABLE_EXISTS = "SELECT to_regclass('public.configurations') IS NOT NULL"

_TABLE = """
    CREATE TABLE IF NOT EXISTS configurations (
        id character varying(26) PRIMARY KEY,
        value text NOT NULL,
        createat bigint NOT NULL,
        active boolean UNIQUE,
        sha character(64)
    )
"""
"""Not part of the schema: only an installation that keeps its configuration in the database has this table."""

_ONE_CONNECTION = PoolLimits(max_open=1, max_idle=1)


def choose_source(config: str | None, data_dir: Path) -> ConfigSource:
    """The source that `config` names: a file, or a database by its address; None is the data folder's `config.json`."""
    if config is None:
        return FileSource(data_dir / "config.json")
    if config.startswith(("postgres://", "postgresql://")):
        return DatabaseSource(config)
    return FileSource(Path(config))


def parse_object(name: str, text: str) -> dict[str, Any]:
    """The JSON object in `text`; ConfigError with line and column if it is none."""
    try:
        data = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise ConfigError(f"{name}: not valid JSON: {error.msg} at line {error.lineno} column {error.colno}") from None
    if not isinstance(data, dict):
        raise ConfigError(f"{name}: must hold a JSON object")
    return data
