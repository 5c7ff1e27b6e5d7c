"""Keeps the configuration in force: reads it, lays the environment over it, checks it, writes changes, tells listeners.

    store = await ConfigStore.open("config.json", data_dir)
    store.current.TeamSettings.SiteName
    store.on_change(lambda old, new: ...)
    await store.patch({"TeamSettings": {"SiteName": "Acme"}})

`current` is replaced as a whole on every change, never altered: whoever holds it sees one consistent state. Not here:
who may change what (access.py) and the API (features/admin/config).
"""

from __future__ import annotations

import copy
import logging
import os
import secrets
import string
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import trio
from msgspec import Struct

from mmfast.platform.config import environment
from mmfast.platform.config.environment import SettingPath
from mmfast.platform.config.model import SECTIONS, Config, ConfigError, find_field, find_section
from mmfast.platform.config.sources import ConfigSource, DatabaseSource, choose_source
from mmfast.platform.config.validation import find_violation, normalize

logger = logging.getLogger(__name__)

Listener = Callable[[Config, Config], None]

WATCH_SECONDS = 1.0
"""How often the source is looked at for changes made by others; one stat call each time."""

GENERATED: tuple[SettingPath, ...] = (("SqlSettings", "AtRestEncryptKey"), ("FileSettings", "PublicLinkSalt"))
"""Secrets that every installation makes for itself."""

_SECRET_ALPHABET = string.ascii_lowercase + string.digits
_SECRET_LENGTH = 32


class ConfigStore:
    """The configuration in force and the way to change it."""

    def __init__(self, source: ConfigSource, overrides: Mapping[SettingPath, Any]) -> None:
        self._source = source
        self._overrides = overrides
        self._stored = Config()
        self._fingerprint: object = None
        self._unwritten: dict[str, Any] | None = None
        self._listeners: list[Listener] = []
        self._finders: list[Callable[[], None]] = []
        self._lock = trio.Lock()
        self._changes_told = self._changes_read = 0
        self.current = Config()

    @classmethod
    async def open(
        cls, config: str | None, data_dir: Path, environ: Mapping[str, str] | None = None, *, make: bool = True
    ) -> ConfigStore:
        """Reads the configuration that `config` names (see `choose_source`); ConfigError if it cannot be used.

        A configuration in a database is that database's own: it serves the site unless another is configured.
        """
        source = choose_source(config, data_dir)
        store = await cls.load(source, environ, make=make)
        if isinstance(source, DatabaseSource) and not store.current.SqlSettings.DataSource:
            store._overrides = {**store._overrides, ("SqlSettings", "DataSource"): source.dsn}
            store.current = store._in_force(store._stored)
        return store

    @classmethod
    async def load(
        cls, source: ConfigSource, environ: Mapping[str, str] | None = None, *, make: bool = True
    ) -> ConfigStore:
        """Reads `source`; ConfigError if it cannot be used.

        A source without content gets all defaults, and one without the secrets of its own gets these. With `make` off
        that is written only when `keep` is called.
        """
        store = cls(source, environment.find_overrides(os.environ if environ is None else environ))
        data = await source.read()
        store._fingerprint = await source.get_fingerprint()
        stored = Config() if data is None else Config.from_dict(data)
        made = store._make_secrets(stored)
        store.current = store._in_force(stored)
        store._stored = stored
        if data is None:
            store._unwritten = stored.to_dict()
        elif made:
            for section, name in made:
                data.setdefault(find_key(data, section), {})[name] = environment.get_value(stored, (section, name))
            store._unwritten = data
        if make:
            await store.keep()
        return store

    async def keep(self) -> None:
        """Writes what `load` had to make up, if anything."""
        if self._unwritten is not None:
            await self._write(self._unwritten)

    def on_change(self, listener: Listener) -> None:
        """Calls `listener(old, new)` after every change from now on."""
        self._listeners.append(listener)

    def on_found(self, listener: Callable[[], None]) -> None:
        """Calls `listener()` after every change that somebody else made to the source and `look` found."""
        self._finders.append(listener)

    def environment_overrides(self) -> dict[str, Any]:
        """Which settings the environment decides, as a tree of `true`."""
        return environment.as_tree(self._overrides)

    def is_overridden(self, path: SettingPath) -> bool:
        """Whether the environment decides this setting."""
        return path in self._overrides

    async def update(self, new: Config) -> tuple[Config, Config]:
        """Puts `new` in force and writes it; gives the old and the new configuration."""
        async with self._lock:
            return await self._replace(copy.deepcopy(new))

    async def patch(self, changes: Mapping[str, Any]) -> tuple[Config, Config]:
        """Changes the settings that `changes` names, passing over unknown ones; gives the old and the new."""
        async with self._lock:
            await self._refresh()
            return await self._replace(patched(self.current, changes))

    async def reload(self) -> tuple[Config, Config]:
        """Reads the source again whether it changed or not."""
        async with self._lock:
            return await self._read_again()

    def expect_change(self) -> None:
        """Notes that another worker has changed the source: what is in force here is outdated until `follow`."""
        self._changes_told += 1

    @property
    def is_outdated(self) -> bool:
        """Whether another worker has told of a change that has not been read yet."""
        return self._changes_read != self._changes_told

    async def follow(self) -> None:
        """Reads the source again if another worker changed it; a broken one is reported and passed over."""
        async with self._lock:
            told = self._changes_told
            if self._changes_read == told:
                return
            try:
                await self._read_again()
            except ConfigError as error:
                logger.error("configuration not reloaded: %s", error)
            self._changes_read = told  # one that was told of meanwhile is read by the next call

    async def watch(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Follows changes made to the source by others, for ever."""
        task_status.started()
        while True:
            await trio.sleep(WATCH_SECONDS)
            await self.look()

    async def look(self) -> None:
        """Takes up a change that somebody else made to the source; a broken source is reported and passed over."""
        async with self._lock:
            before = self.current
            try:
                await self._refresh()
            except ConfigError as error:
                logger.error("configuration not reloaded: %s", error)
            found = self.current != before
        if found:
            for listener in self._finders:
                listener()

    async def _refresh(self) -> None:
        fingerprint = await self._source.get_fingerprint()
        if fingerprint is not None and fingerprint != self._fingerprint:
            self._fingerprint = fingerprint  # a broken file is reported once, not every second
            await self._read_again()

    async def _read_again(self) -> tuple[Config, Config]:
        fingerprint = await self._source.get_fingerprint()
        data = await self._source.read()
        stored = Config.from_dict(data or {})
        for path in GENERATED:
            if not environment.get_value(stored, path):
                environment.set_value(stored, path, environment.get_value(self._stored, path))
        return self._put_in_force(stored, self._in_force(stored), fingerprint)

    async def _replace(self, new: Config) -> tuple[Config, Config]:
        normalize(new)
        current = self._in_force(new)
        for path in self._overrides:
            if path[0] in SECTIONS:
                environment.set_value(new, path, environment.get_value(self._stored, path))
        old = self.current
        if current == old and new == self._stored:
            return old, old
        await self._write(new.to_dict())
        return self._put_in_force(new, current, self._fingerprint)

    def _put_in_force(self, stored: Config, current: Config, fingerprint: object) -> tuple[Config, Config]:
        old = self.current
        self._stored, self.current, self._fingerprint = stored, current, fingerprint
        if current != old:
            for listener in self._listeners:
                listener(old, current)
        return old, current

    def _in_force(self, stored: Config) -> Config:
        """`stored` with the environment over it; ConfigError naming the first broken rule."""
        config = copy.deepcopy(stored)
        environment.apply_overrides(config, self._overrides)
        normalize(config)
        rule = find_violation(config)
        if rule is not None:
            raise InvalidConfig(rule.id, rule.text)
        return config

    def _make_secrets(self, stored: Config) -> list[SettingPath]:
        made = [path for path in GENERATED if not environment.get_value(stored, path) and path not in self._overrides]
        for path in made:
            value = "".join(secrets.choice(_SECRET_ALPHABET) for _ in range(_SECRET_LENGTH))
            environment.set_value(stored, path, value)
        return made

    async def _write(self, data: dict[str, Any]) -> None:
        await self._source.write(data)
        self._unwritten = None
        self._fingerprint = await self._source.get_fingerprint()


class InvalidConfig(ConfigError):
    """A configuration with a value that may not be; `id` is the rule's error id."""

    def __init__(self, id: str, text: str) -> None:
        super().__init__(text)
        self.id = id
        self.text = text


def patched(config: Config, changes: Mapping[str, Any]) -> Config:
    """A copy of `config` with `changes` made; ConfigError for a wrong type, unknown names are passed over."""
    data = config.to_dict()
    for key, values in changes.items():
        section = find_section(key)
        if section is None or values is None:
            continue
        if not isinstance(values, dict):
            raise ConfigError(f"{section}: must be an object")
        _patch_fields(SECTIONS[section], data[section], values)
    new = Config.from_dict(data)
    new.FeatureFlags = config.FeatureFlags
    return new


def _patch_fields(cls: type[Struct], data: dict[str, Any], changes: Mapping[str, Any]) -> None:
    for key, value in changes.items():
        item = find_field(cls, key)
        if item is None or value is None:
            continue
        if isinstance(item.type, type) and issubclass(item.type, Struct) and isinstance(value, dict):
            present = data.get(item.name)
            data[item.name] = present if isinstance(present, dict) else msgspec.to_builtins(item.type())
            _patch_fields(item.type, data[item.name], value)
        else:
            data[item.name] = value


def find_key(data: Mapping[str, Any], name: str) -> str:
    """The key of `data` that means `name`, whatever its letter case; `name` itself if there is none."""
    return next((key for key in data if key.casefold() == name.casefold()), name)
