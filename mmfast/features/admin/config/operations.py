"""The operations under /config, but for what clients read."""

from typing import Any

from mmfast.api.context import Context
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.api.responses import JSONResponse
from mmfast.features.admin.config import service
from mmfast.features.admin.config.events import ConfigChanged
from mmfast.features.admin.config.guards import (
    may_patch_config,
    may_read_config,
    may_reload_config,
    may_replace_config,
)
from mmfast.features.admin.config.types import ConfigQuery
from mmfast.platform.config.model import Config

NEVER_KEPT = ("Cache-Control", "no-cache, no-store, must-revalidate")


@operation("GetConfig", "GET /config", guard=may_read_config)
async def get_config(ctx: Context, query: ConfigQuery) -> dict[str, Any]:
    """The configuration with its secrets masked."""
    ctx.add_header(*NEVER_KEPT)
    return await service.shown(ctx, ctx.config, query)


@operation("UpdateConfig", "PUT /config", guard=may_replace_config, emits=(ConfigChanged,))
async def update_config(ctx: Context, body: Any, loaded: Config) -> dict[str, Any]:
    """Replaces the configuration; what is left out gets its default."""
    saved = await service.replace_config(ctx, loaded)
    ctx.add_header(*NEVER_KEPT)
    return await service.shown(ctx, saved, ConfigQuery())


@operation("PatchConfig", "PUT /config/patch", guard=may_patch_config, emits=(ConfigChanged,))
async def patch_config(ctx: Context, body: Any, loaded: Config) -> dict[str, Any]:
    """Changes the settings that the body names."""
    saved = await service.patch_config(ctx, loaded)
    ctx.add_header(*NEVER_KEPT)
    return await service.shown(ctx, saved, ConfigQuery())


@operation("ReloadConfig", "POST /config/reload", guard=may_reload_config, emits=(ConfigChanged,))
async def reload_config(ctx: Context) -> None:
    """Reads the configuration from where it is kept."""
    ctx.add_header(*NEVER_KEPT)
    await service.reload_config(ctx)


@operation("GetEnvironmentConfig", "GET /config/environment", guard=SIGNED_IN)
async def get_environment_config(ctx: Context) -> JSONResponse[dict[str, Any] | None]:
    """Which settings the environment decides, of those that the caller may read; null if there is none."""
    ctx.add_header(*NEVER_KEPT)
    return JSONResponse(await service.environment_overrides(ctx))
