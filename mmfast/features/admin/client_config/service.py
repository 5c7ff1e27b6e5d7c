"""Works out what clients are told: settings copied by the tables of `types`, and what is computed.

Everything but the installation's facts depends on the configuration alone and is kept until that changes.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mmfast import REFERENCE_VERSION
from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.ids import new_id
from mmfast.features.admin.client_config import store, types
from mmfast.platform.config.model import Config, fields_of
from mmfast.platform.config.site_sections import PluginSettings

_STATE: Final = "client_config"
_CURVE: Final = ec.SECP256R1()


@dataclass(frozen=True)
class Installation:
    """What was decided once, when the database was made."""

    diagnostic_id: str
    installed_at_ms: int
    signing_public_key: str
    schema_version: int


class _State:
    """What a worker remembers: the installation, and the texts of the configuration they were made from."""

    def __init__(self) -> None:
        self.installation: Installation | None = None
        self.has_accounts = False
        self.made_from: Config | None = None
        self.before: dict[str, str] = {}
        self.after: dict[str, str] = {}


async def limited(ctx: Context) -> dict[str, str]:
    """What everybody is told."""
    state = await _refreshed(ctx)
    return {**state.before, "NoAccounts": _text(not await _has_accounts(ctx, state))}


async def full(ctx: Context) -> dict[str, str]:
    """What sessions are told."""
    state = await _refreshed(ctx)
    return {**state.before, **state.after, "NoAccounts": _text(not await _has_accounts(ctx, state))}


async def get_installation(ctx: Context) -> Installation:
    """The installation's facts; what a database lacks of them is decided now."""
    state = _state(ctx)
    if state.installation is None:
        state.installation = await _load_installation(ctx)
    return state.installation


def _state(ctx: Context) -> _State:
    state = ctx.app.state.setdefault(_STATE, _State())
    assert isinstance(state, _State)
    return state


async def _refreshed(ctx: Context) -> _State:
    state = _state(ctx)
    config = ctx.config
    if state.made_from is not config:
        installation = await get_installation(ctx)
        state.before = _before_login(config, installation)
        state.after = _after_login(config, installation)
        state.made_from = config
    return state


async def _has_accounts(ctx: Context, state: _State) -> bool:
    """Whether anybody has signed up; once true it stays so."""
    state.has_accounts = state.has_accounts or await store.has_accounts(ctx.db)
    return state.has_accounts


def _before_login(config: Config, installation: Installation) -> dict[str, str]:
    flags = config.FeatureFlags
    return {
        **types.NOT_OFFERED_BEFORE_LOGIN,
        **_copied(config, types.BEFORE_LOGIN),
        **_renamed(config, types.BEFORE_LOGIN_RENAMED),
        **{f"FeatureFlag{name}": _text(getattr(flags, name)) for name in fields_of(type(flags))},
        "AsymmetricSigningPublicKey": installation.signing_public_key,
        "DiagnosticId": installation.diagnostic_id,
        "TelemetryId": installation.diagnostic_id,
        "Version": REFERENCE_VERSION,
    }


def _after_login(config: Config, installation: Installation) -> dict[str, str]:
    banner, theme = config.AnnouncementSettings, config.ThemeSettings.DefaultTheme
    return {
        **types.AFTER_LOGIN_FIXED,
        **_copied(config, types.AFTER_LOGIN),
        **_renamed(config, types.AFTER_LOGIN_RENAMED),
        "AllowBannerDismissal": _text(banner.EnableBanner and banner.AllowBannerDismissal),
        "BannerColor": banner.BannerColor if banner.EnableBanner else "",
        "BannerTextColor": banner.BannerTextColor if banner.EnableBanner else "",
        "DefaultTheme": "" if theme == "default" else theme,
        "InstallationDate": str(installation.installed_at_ms),
        "IsDefaultMarketplace": _text(config.PluginSettings.MarketplaceURL == PluginSettings().MarketplaceURL),
        "SchemaVersion": str(installation.schema_version),
    }


def _copied(config: Config, table: dict[str, str]) -> dict[str, str]:
    pairs = [(getattr(config, section), name) for section, names in table.items() for name in names.split()]
    return {name: _text(getattr(section, name)) for section, name in pairs}


def _renamed(config: Config, table: dict[str, tuple[str, str]]) -> dict[str, str]:
    return {name: _text(getattr(getattr(config, section), field)) for name, (section, field) in table.items()}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(value)
    return str(value)


async def _load_installation(ctx: Context) -> Installation:
    known = await store.list_facts(ctx.db)
    wanted: dict[str, Callable[[], str]] = {
        store.DIAGNOSTIC_ID: new_id,
        store.INSTALLATION_DATE: lambda: str(now_ms()),
        store.SIGNING_KEY: lambda: store.signing_key_json(ec.generate_private_key(_CURVE)),
    }
    for name, decide in wanted.items():
        if name not in known:
            known[name] = await store.create_fact(ctx.db, name, decide())
    public = store.public_numbers(known[store.SIGNING_KEY], _CURVE).public_key()
    der = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return Installation(
        diagnostic_id=known[store.DIAGNOSTIC_ID],
        installed_at_ms=int(known[store.INSTALLATION_DATE]),
        signing_public_key=base64.b64encode(der).decode(),
        schema_version=await store.get_schema_version(ctx.db),
    )
