"""The whole configuration as one typed value, and its way from and to the JSON of `config.json`.

Not here: where the configuration is kept (store.py), what values are allowed (validation.py), who may see them
(access.py). Keys that this version does not know are kept in `unknown` and written back.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
from msgspec import Struct, field

from mmfast.core.startup import StartupError
from mmfast.platform.config import people_sections as people
from mmfast.platform.config import server_sections as server
from mmfast.platform.config import site_sections as site
from mmfast.platform.config.feature_flags import FeatureFlags as Flags


class ConfigError(StartupError):
    """A configuration that cannot be used; the text names the setting."""


class Config(Struct, kw_only=True):
    """Every section of the configuration. Treat as frozen: changes go through `ConfigStore`."""

    ServiceSettings: server.ServiceSettings = field(default_factory=server.ServiceSettings)
    TeamSettings: people.TeamSettings = field(default_factory=people.TeamSettings)
    ClientRequirements: site.ClientRequirements = field(default_factory=site.ClientRequirements)
    SqlSettings: server.SqlSettings = field(default_factory=server.SqlSettings)
    LogSettings: server.LogSettings = field(default_factory=server.LogSettings)
    ExperimentalAuditSettings: server.ExperimentalAuditSettings = field(
        default_factory=server.ExperimentalAuditSettings
    )
    PasswordSettings: people.PasswordSettings = field(default_factory=people.PasswordSettings)
    FileSettings: server.FileSettings = field(default_factory=server.FileSettings)
    EmailSettings: site.EmailSettings = field(default_factory=site.EmailSettings)
    RateLimitSettings: server.RateLimitSettings = field(default_factory=server.RateLimitSettings)
    PrivacySettings: people.PrivacySettings = field(default_factory=people.PrivacySettings)
    SupportSettings: site.SupportSettings = field(default_factory=site.SupportSettings)
    AnnouncementSettings: site.AnnouncementSettings = field(default_factory=site.AnnouncementSettings)
    ThemeSettings: site.ThemeSettings = field(default_factory=site.ThemeSettings)
    GitLabSettings: people.GitLabSettings = field(default_factory=people.GitLabSettings)
    GoogleSettings: people.GoogleSettings = field(default_factory=people.GoogleSettings)
    Office365Settings: people.Office365Settings = field(default_factory=people.Office365Settings)
    OpenIdSettings: people.OpenIdSettings = field(default_factory=people.OpenIdSettings)
    LdapSettings: people.LdapSettings = field(default_factory=people.LdapSettings)
    ComplianceSettings: site.ComplianceSettings = field(default_factory=site.ComplianceSettings)
    LocalizationSettings: site.LocalizationSettings = field(default_factory=site.LocalizationSettings)
    SamlSettings: people.SamlSettings = field(default_factory=people.SamlSettings)
    NativeAppSettings: site.NativeAppSettings = field(default_factory=site.NativeAppSettings)
    IntuneSettings: people.IntuneSettings = field(default_factory=people.IntuneSettings)
    CacheSettings: server.CacheSettings = field(default_factory=server.CacheSettings)
    ClusterSettings: server.ClusterSettings = field(default_factory=server.ClusterSettings)
    MetricsSettings: server.MetricsSettings = field(default_factory=server.MetricsSettings)
    ExperimentalSettings: site.ExperimentalSettings = field(default_factory=site.ExperimentalSettings)
    AnalyticsSettings: site.AnalyticsSettings = field(default_factory=site.AnalyticsSettings)
    ElasticsearchSettings: server.ElasticsearchSettings = field(default_factory=server.ElasticsearchSettings)
    DataRetentionSettings: site.DataRetentionSettings = field(default_factory=site.DataRetentionSettings)
    MessageExportSettings: site.MessageExportSettings = field(default_factory=site.MessageExportSettings)
    JobSettings: server.JobSettings = field(default_factory=server.JobSettings)
    PluginSettings: site.PluginSettings = field(default_factory=site.PluginSettings)
    DisplaySettings: site.DisplaySettings = field(default_factory=site.DisplaySettings)
    GuestAccountsSettings: people.GuestAccountsSettings = field(default_factory=people.GuestAccountsSettings)
    ImageProxySettings: server.ImageProxySettings = field(default_factory=server.ImageProxySettings)
    CloudSettings: server.CloudSettings = field(default_factory=server.CloudSettings)
    ImportSettings: server.ImportSettings = field(default_factory=server.ImportSettings)
    ExportSettings: server.ExportSettings = field(default_factory=server.ExportSettings)
    WranglerSettings: site.WranglerSettings = field(default_factory=site.WranglerSettings)
    ConnectedWorkspacesSettings: site.ConnectedWorkspacesSettings = field(
        default_factory=site.ConnectedWorkspacesSettings
    )
    AccessControlSettings: people.AccessControlSettings = field(default_factory=people.AccessControlSettings)
    ContentFlaggingSettings: site.ContentFlaggingSettings = field(default_factory=site.ContentFlaggingSettings)
    AutoTranslationSettings: site.AutoTranslationSettings = field(default_factory=site.AutoTranslationSettings)
    FeatureFlags: Flags = field(default_factory=Flags)
    unknown: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Config:
        """The configuration that `data` describes: absent and null settings get their default, a wrong type raises."""
        config = cls()
        for key, value in data.items():
            section = find_section(key)
            if section is None:
                config.unknown[key] = value
                continue
            if value is None:
                continue
            if not isinstance(value, dict):
                raise ConfigError(f"{section}: must be an object")
            known, unknown = _split(SECTIONS[section], value)
            setattr(config, section, _convert(section, known))
            if unknown:
                config.unknown[section] = unknown
        return config

    def to_dict(self) -> dict[str, Any]:
        """As `config.json` holds it, unknown keys included; without the feature flags."""
        data: dict[str, Any] = {name: msgspec.to_builtins(getattr(self, name)) for name in SECTIONS}
        merge(data, self.unknown)
        return data


def merge(into: dict[str, Any], changes: dict[str, Any]) -> None:
    """Lays `changes` over `into`, object by object."""
    for key, value in changes.items():
        present = into.get(key)
        if isinstance(present, dict) and isinstance(value, dict):
            merge(present, value)
        else:
            into[key] = value


SECTIONS: dict[str, type[Struct]] = {
    item.name: item.type for item in msgspec.structs.fields(Config) if item.name not in ("FeatureFlags", "unknown")
}
"""The class of each section by its name."""

_SECTION_BY_FOLDED_NAME = {name.casefold(): name for name in SECTIONS}


@cache
def fields_of(cls: type[Struct]) -> dict[str, msgspec.structs.FieldInfo]:
    """The fields of a section's class by name."""
    return {item.name: item for item in msgspec.structs.fields(cls)}


@cache
def _proper_names(cls: type[Struct]) -> dict[str, str]:
    return {name.casefold(): name for name in fields_of(cls)}


def find_section(name: str) -> str | None:
    """The section's proper name; letter case does not matter."""
    return name if name in SECTIONS else _SECTION_BY_FOLDED_NAME.get(name.casefold())


def find_field(cls: type[Struct], name: str) -> msgspec.structs.FieldInfo | None:
    """The field of a section's class called `name`; letter case does not matter."""
    fields = fields_of(cls)
    return fields.get(name) or fields.get(_proper_names(cls).get(name.casefold(), ""))


def find_setting(name: str) -> tuple[tuple[str, ...], Any]:
    """Where the setting called `Section.Field` stands, and its type; ConfigError if nowhere."""
    first, *rest = name.split(".")
    section = find_section(first)
    path: tuple[str, ...] = (section or "",)
    kind: Any = SECTIONS.get(section or "")
    for part in rest:
        item = find_field(kind, part) if isinstance(kind, type) and issubclass(kind, Struct) else None
        if item is None:
            raise ConfigError(f"there is no setting {name}")
        path, kind = (*path, item.name), item.type
    if kind is None or len(path) < 2:
        raise ConfigError(f"there is no setting {name}; give it as Section.Field, e.g. ServiceSettings.SiteURL")
    return path, kind


def nested(path: tuple[str, ...], value: Any) -> dict[str, Any]:
    """The object that holds only `value`, at `path`."""
    for name in reversed(path):
        value = {name: value}
    assert isinstance(value, dict)
    return value


def _split(cls: type[Struct], values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The known fields under their proper names without nulls, and the rest as it came, at every depth."""
    known: dict[str, Any] = {}
    unknown: dict[str, Any] = {}
    for key, value in values.items():
        item = find_field(cls, key)
        if item is None:
            unknown[key] = value
        elif isinstance(item.type, type) and issubclass(item.type, Struct) and isinstance(value, dict):
            known[item.name], rest = _split(item.type, value)
            if rest:
                unknown[item.name] = rest
        elif value is not None:
            known[item.name] = value
    return known, unknown


def _convert(section: str, values: dict[str, Any]) -> Struct:
    try:
        return msgspec.convert(values, SECTIONS[section])
    except msgspec.ValidationError as error:
        reason, _, where = str(error).partition(" - at `$.")
        raise ConfigError(f"{section}.{where.rstrip('`')}: {reason}") from None
