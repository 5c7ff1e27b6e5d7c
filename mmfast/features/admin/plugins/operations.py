"""The routes of plugins."""

from typing import Any

from mmfast.api.context import Context
from mmfast.api.operation import OPTIONAL, operation
from mmfast.api.responses import JSONResponse
from mmfast.api.unavailable import declare_unavailable
from mmfast.features.admin.plugins import guards
from mmfast.features.admin.plugins.errors import DISABLED, NOT_INSTALLED, NOT_ON_MARKET, UPLOAD_DISABLED
from mmfast.features.admin.plugins.events import MarketplaceVisited
from mmfast.features.admin.plugins.types import MARKETPLACE_VISITED, Plugins
from mmfast.features.admin.system import store
from mmfast.features.admin.system.types import Fact

declare_unavailable(
    NOT_INSTALLED,
    ("EnablePlugin", "POST /plugins/{plugin_id}/enable", guards.may_write_plugins),
    ("DisablePlugin", "POST /plugins/{plugin_id}/disable", guards.may_write_plugins),
    ("RemovePlugin", "DELETE /plugins/{plugin_id}", guards.may_write_plugins),
)
declare_unavailable(UPLOAD_DISABLED, ("UploadPlugin", "POST /plugins", guards.may_upload))
declare_unavailable(
    DISABLED, ("InstallPluginFromUrl", "POST /plugins/install_from_url", guards.may_install_from_address)
)
declare_unavailable(NOT_ON_MARKET, ("InstallMarketplacePlugin", "POST /plugins/marketplace", guards.may_write_plugins))


@operation("GetPlugins", "GET /plugins", guard=guards.may_read_plugins)
async def get_plugins(ctx: Context) -> Plugins:
    """The installed plugins."""
    return Plugins()


@operation("GetPluginStatuses", "GET /plugins/statuses", guard=guards.may_read_plugins)
async def get_plugin_statuses(ctx: Context) -> list[dict[str, Any]]:
    """How the plugins do on each node."""
    return []


@operation("GetWebappPlugins", "GET /plugins/webapp", guard=guards.plugins_enabled, auth=OPTIONAL)
async def get_webapp_plugins(ctx: Context) -> list[dict[str, Any]]:
    """The plugins that the web client must load."""
    return []


@operation("GetMarketplacePlugins", "GET /plugins/marketplace", guard=guards.may_read_plugins)
async def get_marketplace_plugins(ctx: Context) -> JSONResponse[None]:
    """What could be installed; clients know nothing as null."""
    return JSONResponse(None)


@operation("GetMarketplaceVisitedByAdmin", "GET /plugins/marketplace/first_admin_visit", guard=guards.may_note_visit)
async def get_marketplace_visit(ctx: Context) -> Fact:
    """Whether an administrator has been to the marketplace."""
    return await store.find_fact(ctx.db, MARKETPLACE_VISITED) or Fact(MARKETPLACE_VISITED, "false")


@operation(
    "UpdateMarketplaceVisitedByAdmin",
    "POST /plugins/marketplace/first_admin_visit",
    guard=guards.may_note_visit,
    auth=OPTIONAL,
    emits=(MarketplaceVisited,),
)
async def note_marketplace_visit(ctx: Context) -> None:
    """Notes that an administrator has been to the marketplace."""
    await store.save_fact(ctx.db, Fact(MARKETPLACE_VISITED, "true"))
    ctx.announce(MarketplaceVisited(firstAdminVisitMarketplaceStatus="true").to())
