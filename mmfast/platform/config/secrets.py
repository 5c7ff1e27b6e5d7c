"""Which settings are secrets, and how they are shown and taken back.

A secret is shown as a row of asterisks; a configuration that comes back with that row keeps the secret it stood for.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, Final

from mmfast.platform.config.environment import SettingPath, get_value, set_value
from mmfast.platform.config.model import Config

MASK: Final = "*" * 32

ALWAYS_MASKED: Final[tuple[SettingPath, ...]] = (
    ("ServiceSettings", "SplitKey"),
    ("SqlSettings", "DataSource"),
    ("SqlSettings", "AtRestEncryptKey"),
    ("FileSettings", "PublicLinkSalt"),
    ("ElasticsearchSettings", "Password"),
    ("CacheSettings", "RedisPassword"),
)
"""Secrets whose very presence is not told."""

MASKED_LISTS: Final[tuple[SettingPath, ...]] = (
    ("SqlSettings", "DataSourceReplicas"),
    ("SqlSettings", "DataSourceSearchReplicas"),
)
"""Lists whose every item is a secret."""

MASKED_IF_SET: Final[tuple[SettingPath, ...]] = (
    ("FileSettings", "AmazonS3SecretAccessKey"),
    ("FileSettings", "ExportAmazonS3SecretAccessKey"),
    ("EmailSettings", "SMTPPassword"),
    ("GitLabSettings", "Secret"),
    ("GoogleSettings", "Secret"),
    ("Office365Settings", "Secret"),
    ("OpenIdSettings", "Secret"),
    ("LdapSettings", "BindPassword"),
    ("MessageExportSettings", "GlobalRelaySettings", "SMTPPassword"),
    ("AutoTranslationSettings", "LibreTranslate", "APIKey"),
)


def masked(config: Config) -> Config:
    """A copy of `config` that may be shown."""
    shown = copy.deepcopy(config)
    for path in ALWAYS_MASKED:
        set_value(shown, path, MASK)
    for path in MASKED_IF_SET:
        if get_value(shown, path):
            set_value(shown, path, MASK)
    for path in MASKED_LISTS:
        set_value(shown, path, [MASK] * len(get_value(shown, path)))
    for replica in shown.SqlSettings.ReplicaLagSettings:
        replica.DataSource = MASK
    return shown


def unmask(config: Config, original: Config) -> None:
    """Puts the secrets of `original` back wherever `config` holds the mask."""
    for path in (*ALWAYS_MASKED, *MASKED_IF_SET):
        if get_value(config, path) == MASK:
            set_value(config, path, get_value(original, path))
    for path in MASKED_LISTS:
        set_value(config, path, list(_unmasked(get_value(config, path), get_value(original, path))))
    lag = zip(config.SqlSettings.ReplicaLagSettings, original.SqlSettings.ReplicaLagSettings, strict=False)
    for replica, known in lag:
        if replica.DataSource == MASK:
            replica.DataSource = known.DataSource


def without_secrets(data: dict[str, Any]) -> None:
    """Removes from a shown configuration what is masked, in place."""
    for section, *rest in (*ALWAYS_MASKED, *MASKED_LISTS, ("SqlSettings", "ReplicaLagSettings")):
        data.get(section, {}).pop(rest[0], None)
    for *way, name in MASKED_IF_SET:
        at = data
        for step in way:
            at = at.get(step, {})
        if at.get(name) == MASK:
            del at[name]


def _unmasked(values: list[str], originals: list[str]) -> Iterator[str]:
    for position, value in enumerate(values):
        if value != MASK:
            yield value
        elif position < len(originals):
            yield originals[position]
