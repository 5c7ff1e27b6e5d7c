"""The operations on OAuth apps."""

from mmfast.api.context import Context
from mmfast.api.decoding import BodyError, read_body
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.guards import PUBLIC
from mmfast.api.operation import OPTIONAL, operation
from mmfast.api.responses import Created, JSONResponse
from mmfast.features.identity.roles.service import MANAGE_SYSTEM, may
from mmfast.features.integrations.oauth_apps import service
from mmfast.features.integrations.oauth_apps.guards import (
    may_create_app,
    may_list_apps,
    may_manage_app,
    may_see_app,
    may_update_app,
)
from mmfast.features.integrations.oauth_apps.types import (
    AppList,
    OAuthApp,
    OAuthAppDraft,
    Registered,
    Registration,
    RegistrationError,
)


@operation("CreateOAuthApp", "POST /oauth/apps", guard=may_create_app)
async def create_oauth_app(ctx: Context, body: OAuthAppDraft) -> Created[OAuthApp]:
    """Makes an app."""
    return Created(await service.create_app(ctx, body, ctx.user_id, may_trust=await may(ctx, MANAGE_SYSTEM)))


@operation("GetOAuthApps", "GET /oauth/apps", guard=may_list_apps)
async def get_oauth_apps(ctx: Context, loaded: str, query: AppList) -> list[OAuthApp]:
    """A page of the apps that the caller may manage."""
    return await service.list_apps(ctx, loaded, query.page, query.per_page)


@operation("GetOAuthApp", "GET /oauth/apps/{app_id}", guard=may_manage_app)
async def get_oauth_app(ctx: Context, app_id: str, loaded: OAuthApp) -> OAuthApp:
    """One app with its secret."""
    return loaded


@operation("GetOAuthAppInfo", "GET /oauth/apps/{app_id}/info", guard=may_see_app)
async def get_oauth_app_info(ctx: Context, app_id: str, loaded: OAuthApp) -> OAuthApp:
    """One app as everybody may see it."""
    return service.without_secret(loaded)


@operation("UpdateOAuthApp", "PUT /oauth/apps/{app_id}", guard=may_update_app)
async def update_oauth_app(ctx: Context, app_id: str, loaded: OAuthApp, body: OAuthAppDraft) -> OAuthApp:
    """Changes an app."""
    if body.id != app_id:
        raise INVALID_BODY_PARAM(name="app_id")
    return await service.update_app(ctx, loaded, body, may_trust=await may(ctx, MANAGE_SYSTEM))


@operation("RegenerateOAuthAppSecret", "POST /oauth/apps/{app_id}/regen_secret", guard=may_manage_app)
async def regenerate_oauth_app_secret(ctx: Context, app_id: str, loaded: OAuthApp) -> OAuthApp:
    """Gives an app a new secret."""
    return await service.replace_secret(ctx, loaded)


@operation("DeleteOAuthApp", "DELETE /oauth/apps/{app_id}", guard=may_manage_app)
async def delete_oauth_app(ctx: Context, app_id: str, loaded: OAuthApp) -> None:
    """Removes an app."""
    await service.delete_app(ctx, loaded)


@operation("RegisterOAuthClient", "POST /oauth/apps/register", guard=PUBLIC, auth=OPTIONAL, rate_limited=True)
async def register_oauth_client(ctx: Context, body: bytes) -> JSONResponse[Registered | RegistrationError]:
    """Registers a client that asks for it itself."""
    try:
        wish = read_body(body, Registration)
    except BodyError:
        return JSONResponse(RegistrationError("invalid_client_metadata", "Invalid JSON in request body"), status=400)
    answer = await service.register_client(ctx, wish)
    return JSONResponse(answer, status=201 if isinstance(answer, Registered) else 400)
