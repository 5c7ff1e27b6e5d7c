"""Shows the configuration to those who may see it, and changes it as far as the caller may.

Settings that the caller may not read are left out; settings that the caller may not write keep their value when the
whole configuration is written, and refuse a patch that names another value.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

import msgspec

from mmfast.api.context import Context
from mmfast.api.decoding import BodyError, read_body
from mmfast.api.errors import PERMISSION
from mmfast.features.admin.client_config import service as client_config
from mmfast.features.admin.config.errors import CLEARS_SITE_URL, NOT_BY_API, refusal
from mmfast.features.admin.config.events import ConfigChanged
from mmfast.features.admin.config.guards import MANAGE_SYSTEM, READS
from mmfast.features.admin.config.types import ConfigQuery
from mmfast.features.identity.roles.catalogue import BITS
from mmfast.features.identity.roles.service import permission_mask, session_mask
from mmfast.platform.config.access import ANY_READER, areas_of, is_write_restricted
from mmfast.platform.config.environment import get_value, set_value
from mmfast.platform.config.model import SECTIONS, Config, ConfigError, fields_of
from mmfast.platform.config.secrets import masked, unmask, without_secrets
from mmfast.platform.config.store import patched
from mmfast.realtime.parcel import pack
from mmfast.realtime.signals import ConfigChanged as ConfigRead

MANAGES: Final = permission_mask([MANAGE_SYSTEM])
READS_ANY: Final = permission_mask(READS)

BASELINE: Final[dict[str, dict[str, Any]]] = {
    "EmailSettings": {"PushNotificationServer": "https://push-test.mattermost.com", "SendPushNotifications": True},
    "ServiceSettings": {
        "EnableEmailInvitations": False,
        "EnableLatex": False,
        "EnableSVGs": False,
        "ExtendSessionLengthWithActivity": True,
        "SessionLengthMobileInDays": 30,
        "SessionLengthMobileInHours": 720,
        "SessionLengthWebInDays": 30,
        "SessionLengthWebInHours": 720,
        "TerminateSessionsOnPasswordChange": True,
    },
}
"""Where a fresh installation differs from what remove_defaults counts as the default, as recorded."""

CONFIG_FILE_ONLY: Final = (
    ("PluginSettings", "EnableUploads"),
    ("ImportSettings", "Directory"),
)
"""What the API never changes: with these an administrator's stolen session would reach the machine itself."""

Allows = Callable[[str, str], bool]


async def shown(ctx: Context, config: Config, query: ConfigQuery) -> dict[str, Any]:
    """The configuration as the caller may see it."""
    safe = masked(config)
    data = {name: msgspec.to_builtins(getattr(safe, name)) for name in SECTIONS}
    data["FeatureFlags"] = msgspec.to_builtins(safe.FeatureFlags)
    if query.remove_masked:
        without_secrets(data)
    if query.remove_defaults:
        _remove_defaults(data)
    mask = await session_mask(ctx)
    if not mask & MANAGES:
        _keep(data, lambda section, field: _may_read(mask, section, field))
    return data


async def environment_overrides(ctx: Context) -> dict[str, Any] | None:
    """The tree of overridden settings that the caller may read; None if there is none."""
    data = ctx.app.config_store.environment_overrides()
    mask = await session_mask(ctx)
    if not mask & MANAGES:
        _keep(data, lambda section, field: _may_read(mask, section, field))
    return data or None


async def replace_config(ctx: Context, new: Config) -> Config:
    """Puts `new` in force as far as the caller may write it; gives the configuration then in force."""
    old = ctx.config
    unmask(new, old)
    _require_site_url(new, old)
    new.unknown, new.FeatureFlags = old.unknown, old.FeatureFlags
    for path in (("SqlSettings", "AtRestEncryptKey"), ("FileSettings", "PublicLinkSalt")):
        set_value(new, path, get_value(new, path) or get_value(old, path))
    for path in _closed_to_api(old):
        set_value(new, path, get_value(old, path))
    mask = await session_mask(ctx)
    for path in _all_settings():
        if not _may_write(mask, old, *path):
            set_value(new, path, get_value(old, path))
    return await _save(ctx, new)


async def patch_config(ctx: Context, new: Config) -> Config:
    """Puts `new`, the present configuration with some settings changed, in force; refuses what may not change."""
    old = ctx.config
    unmask(new, old)
    _require_site_url(new, old)
    for path in _closed_to_api(old):
        if get_value(new, path) != get_value(old, path):
            raise NOT_BY_API(name=".".join(path))
    mask = await session_mask(ctx)
    for path in _all_settings():
        if get_value(new, path) != get_value(old, path) and not _may_write(mask, old, *path):
            raise PERMISSION(detail="may not write " + ".".join(path))
    return await _save(ctx, new)


async def reload_config(ctx: Context) -> None:
    """Reads the configuration again, on every worker; clients are told if it changed."""
    try:
        old, new = await ctx.app.config_store.reload()
    except ConfigError as error:
        raise refusal(error) from None
    await _announce(ctx, old, new)


async def tell_own_clients(ctx: Context) -> None:
    """Tells this worker's clients of a change that every worker found by itself."""
    ctx.app.hub.deliver(pack(ConfigChanged(config=await client_config.full(ctx)).to()))


async def _save(ctx: Context, new: Config) -> Config:
    try:
        old, saved = await ctx.app.config_store.update(new)
    except ConfigError as error:
        raise refusal(error) from None
    await _announce(ctx, old, saved)
    return saved


async def _announce(ctx: Context, old: Config, new: Config) -> None:
    if old == new:
        return
    ctx.announce(ConfigRead())
    ctx.announce(ConfigChanged(config=await client_config.full(ctx)).to())


def read_settings(ctx: Context, body: bytes, section: str, needed: tuple[str, ...]) -> Config | None:
    """The configuration with the settings of a section that a request wants tried out; None if it lacks needed ones.

    Without a body that can be read, it is the configuration in force.
    """
    try:
        data = read_body(body, dict[str, Any])
        given = next((value for name, value in data.items() if name.lower() == section.lower()), None)
        if not isinstance(given, dict):
            return None
        present = {name.lower() for name, value in given.items() if value is not None}
        if not all(name.lower() in present for name in needed):
            return None
        return patched(ctx.config, {section: given})
    except (BodyError, ConfigError):
        return ctx.config


def _require_site_url(new: Config, old: Config) -> None:
    if old.ServiceSettings.SiteURL and not new.ServiceSettings.SiteURL:
        raise CLEARS_SITE_URL()


def _closed_to_api(config: Config) -> Iterator[tuple[str, str]]:
    yield from CONFIG_FILE_ONLY
    if not config.PluginSettings.EnableUploads:
        yield "PluginSettings", "MarketplaceURL"


def _all_settings() -> Iterator[tuple[str, str]]:
    for section, cls in SECTIONS.items():
        for field in fields_of(cls):
            yield section, field


def _may_read(mask: int, section: str, field: str) -> bool:
    areas = areas_of(section, field)
    if ANY_READER in areas:
        return mask & READS_ANY != 0
    return any(mask & BITS.get(f"sysconsole_read_{area}", 0) for area in areas)


def _may_write(mask: int, config: Config, section: str, field: str) -> bool:
    if config.ExperimentalSettings.RestrictSystemAdmin and is_write_restricted(section, field):
        return False
    if mask & MANAGES:
        return True
    return any(mask & BITS.get(f"sysconsole_write_{area}", 0) for area in areas_of(section, field))


def _keep(data: dict[str, Any], allows: Allows) -> None:
    """Removes the settings that `allows` does not, and sections left empty, in place."""
    for section in list(data):
        fields = data[section]
        for field in list(fields):
            if not allows(section, field):
                del fields[field]
        if not fields:
            del data[section]


def _remove_defaults(data: dict[str, Any]) -> None:
    defaults = Config()
    for section in list(data):
        fields = data[section]
        usual = {**msgspec.to_builtins(getattr(defaults, section)), **BASELINE.get(section, {})}
        for field in list(fields):
            if field in usual and fields[field] == usual[field]:
                del fields[field]
        if not fields:
            del data[section]
