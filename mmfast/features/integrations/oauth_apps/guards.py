"""Who may make, see and change OAuth apps."""

from mmfast.api.context import Context
from mmfast.api.errors import PERMISSION
from mmfast.features.identity.roles.service import may, require
from mmfast.features.integrations.oauth_apps import service
from mmfast.features.integrations.oauth_apps.errors import CREATION_OFF, LIST_NOT_PERMITTED, SWITCHED_OFF
from mmfast.features.integrations.oauth_apps.types import OAuthApp, OAuthAppDraft

OWN = "manage_oauth"
ALL = "manage_system_wide_oauth"


def require_switched_on(ctx: Context) -> None:
    """Refuses everything while the server is no OAuth provider."""
    if not ctx.config.ServiceSettings.EnableOAuthServiceProvider:
        raise SWITCHED_OFF()


async def may_create_app(ctx: Context, body: OAuthAppDraft) -> None:
    """Open to those who manage OAuth apps."""
    await require(ctx, OWN)
    if not ctx.config.ServiceSettings.EnableOAuthServiceProvider:
        raise CREATION_OFF()


async def may_list_apps(ctx: Context) -> str:
    """Whose apps the caller may list: "" is everybody's."""
    if not await may(ctx, OWN):
        raise LIST_NOT_PERMITTED()
    require_switched_on(ctx)
    return "" if await may(ctx, ALL) else ctx.user_id


async def may_manage_app(ctx: Context, app_id: str) -> OAuthApp:
    """Open to an app's maker, and to those who manage everybody's."""
    await require(ctx, OWN)
    require_switched_on(ctx)
    app = await service.get_app(ctx, app_id)
    if app.creator_id != ctx.user_id and not await may(ctx, ALL):
        raise PERMISSION(detail=f"needs {ALL}")
    return app


async def may_update_app(ctx: Context, app_id: str, body: OAuthAppDraft) -> OAuthApp:
    """As `may_manage_app`; a broken body is told before anything else."""
    return await may_manage_app(ctx, app_id)


async def may_see_app(ctx: Context, app_id: str) -> OAuthApp:
    """Open to every session: it is what a user must know before letting the app in."""
    require_switched_on(ctx)
    return await service.get_app(ctx, app_id)
