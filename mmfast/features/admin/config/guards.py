"""Who may read and write the configuration; the writing guards also read the body, since a broken one goes first."""

from typing import Any

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.features.identity.roles.catalogue import BITS
from mmfast.features.identity.roles.service import require
from mmfast.platform.config.model import Config, ConfigError
from mmfast.platform.config.store import patched

READS = tuple(name for name in BITS if name.startswith("sysconsole_read_"))
WRITES = tuple(name for name in BITS if name.startswith("sysconsole_write_"))
MANAGE_SYSTEM = "manage_system"


async def may_read_config(ctx: Context) -> None:
    """Whoever sees any page of the System Console."""
    await require(ctx, MANAGE_SYSTEM, *READS)


async def may_reload_config(ctx: Context) -> None:
    """Whoever manages the system or may reload its configuration."""
    await require(ctx, MANAGE_SYSTEM, "reload_config")


async def may_replace_config(ctx: Context, body: Any) -> Config:
    """Whoever changes any page of the System Console; loads the configuration that the body describes."""
    try:
        config = Config.from_dict(_require_object(body))
    except ConfigError as error:
        raise INVALID_BODY_PARAM(name="config", detail=str(error)) from None
    await require(ctx, MANAGE_SYSTEM, *WRITES)
    return config


async def may_patch_config(ctx: Context, body: Any) -> Config:
    """Whoever changes any page of the System Console; loads the present configuration with the body's changes."""
    try:
        config = patched(ctx.config, _require_object(body))
    except ConfigError as error:
        raise INVALID_BODY_PARAM(name="config", detail=str(error)) from None
    await require(ctx, MANAGE_SYSTEM, *WRITES)
    return config


def _require_object(body: Any) -> dict[str, Any]:
    if not isinstance(body, dict):
        raise INVALID_BODY_PARAM(name="config")
    return body
