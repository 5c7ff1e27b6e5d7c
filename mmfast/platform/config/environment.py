"""Settings from environment variables: `MM_<SECTION>_<FIELD>`, or `MM_<SECTION>_<FIELD>_FILE` for a file's content.

They lie over the stored configuration and are never written to it. Not here: when they are applied (store.py).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_origin

import msgspec
from msgspec import Struct

from mmfast.platform.config.feature_flags import FeatureFlags
from mmfast.platform.config.model import SECTIONS, Config, ConfigError, fields_of

SettingPath = tuple[str, ...]
"""Where a setting stands: section, field, and for nested objects the field inside."""

_TRUE = frozenset({"1", "t", "T", "TRUE", "true", "True"})
_FALSE = frozenset({"0", "f", "F", "FALSE", "false", "False"})


def find_overrides(environ: Mapping[str, str]) -> dict[SettingPath, Any]:
    """The settings that `environ` names, as values of the setting's type; a value that does not fit raises."""
    overrides: dict[SettingPath, Any] = {}
    for variable, path, kind in _variables():
        text = environ.get(variable)
        if text is None and f"{variable}_FILE" in environ:
            text = _read_secret(f"{variable}_FILE", environ[f"{variable}_FILE"])
        if text is not None:
            overrides[path] = parse_value(variable, text, kind)
    return overrides


def apply_overrides(config: Config, overrides: Mapping[SettingPath, Any]) -> None:
    """Lays the overrides over `config`, in place."""
    for path, value in overrides.items():
        set_value(config, path, value)


def get_value(config: Config, path: SettingPath) -> Any:
    """The value at `path`."""
    value: Any = config
    for name in path:
        value = getattr(value, name)
    return value


def set_value(config: Config, path: SettingPath, value: Any) -> None:
    """Puts `value` at `path`."""
    setattr(get_value(config, path[:-1]), path[-1], value)


def as_tree(overrides: Mapping[SettingPath, Any]) -> dict[str, Any]:
    """Which settings are overridden, in the shape of the configuration with `true` for each."""
    tree: dict[str, Any] = {}
    for path in overrides:
        at = tree
        for name in path[:-1]:
            at = at.setdefault(name, {})
        at[path[-1]] = True
    return tree


def _variables() -> Iterator[tuple[str, SettingPath, Any]]:
    for section, cls in SECTIONS.items():
        yield from _variables_of((section,), cls)
    yield from _variables_of(("FeatureFlags",), FeatureFlags)


def _variables_of(at: SettingPath, cls: type[Struct]) -> Iterator[tuple[str, SettingPath, Any]]:
    for item in fields_of(cls).values():
        path = (*at, item.name)
        if isinstance(item.type, type) and issubclass(item.type, Struct):
            yield from _variables_of(path, item.type)
        else:
            yield "MM_" + "_".join(path).upper(), path, item.type


def _read_secret(variable: str, file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{variable}: cannot read {file}: {error}") from None


def parse_value(name: str, text: str, kind: Any) -> Any:
    """The value of a setting of this type that `text` means; ConfigError naming `name` if it means none."""
    if kind is str:
        return text
    if kind is bool:
        if text in _TRUE or text in _FALSE:
            return text in _TRUE
        raise ConfigError(f"{name}: must be true or false")
    if get_origin(kind) is list and not text.lstrip().startswith("["):
        return [part for part in re.split(r"[\s,]+", text) if part]
    try:
        return msgspec.convert(json.loads(text), kind)
    except (ValueError, msgspec.ValidationError) as error:
        raise ConfigError(f"{name}: {error}") from None
