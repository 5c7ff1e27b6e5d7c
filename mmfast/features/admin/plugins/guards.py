"""Who may see and manage plugins. That they are switched off is said before who asks is looked at."""

from mmfast.api.context import Context
from mmfast.features.admin.plugins.errors import DISABLED, UPLOAD_DISABLED
from mmfast.features.identity.roles.service import MANAGE_SYSTEM, require


async def plugins_enabled(ctx: Context) -> None:
    """Everybody, where plugins are switched on."""
    if not ctx.config.PluginSettings.Enable:
        raise DISABLED()


async def may_read_plugins(ctx: Context) -> None:
    """Whoever sees the page of plugins."""
    await plugins_enabled(ctx)
    await require(ctx, "sysconsole_read_plugins")


async def may_write_plugins(ctx: Context) -> None:
    """Whoever changes the page of plugins."""
    await plugins_enabled(ctx)
    await require(ctx, "sysconsole_write_plugins")


async def may_upload(ctx: Context) -> None:
    """As `may_write_plugins`, where uploads are allowed."""
    settings = ctx.config.PluginSettings
    if not settings.Enable or not settings.EnableUploads or settings.RequirePluginSignature:
        raise UPLOAD_DISABLED()
    await require(ctx, "sysconsole_write_plugins")


async def may_install_from_address(ctx: Context) -> None:
    """As `may_upload`."""
    settings = ctx.config.PluginSettings
    if not settings.Enable or not settings.EnableUploads or settings.RequirePluginSignature:
        raise DISABLED()
    await require(ctx, "sysconsole_write_plugins")


async def may_note_visit(ctx: Context) -> None:
    """Whoever manages the system."""
    await require(ctx, MANAGE_SYSTEM)
