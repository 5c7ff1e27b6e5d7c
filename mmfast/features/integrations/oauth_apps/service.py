"""Makes OAuth apps, changes and removes them, and registers clients that ask for it themselves."""

import re
from typing import Final
from urllib.parse import urlsplit

import msgspec

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.hooks import Hook
from mmfast.core.ids import new_id
from mmfast.features.integrations.oauth_apps import store
from mmfast.features.integrations.oauth_apps.errors import (
    APP_NOT_FOUND,
    BAD_APP_ID,
    BAD_CALLBACK,
    BAD_DESCRIPTION,
    BAD_HOMEPAGE,
    BAD_ICON,
    BAD_NAME,
    PUBLIC_HAS_NO_SECRET,
)
from mmfast.features.integrations.oauth_apps.types import (
    OAuthApp,
    OAuthAppDraft,
    Registered,
    Registration,
    RegistrationError,
)

MAX_NAME: Final = 64
MAX_DESCRIPTION: Final = 512
MAX_ADDRESS: Final = 256
MAX_ICON: Final = 512
MAX_CALLBACKS: Final = 1024
MAX_APP_ID: Final = 32
MAX_PER_PAGE: Final = 200

PUBLIC_METHOD: Final = "none"
SECRET_METHOD: Final = "client_secret_post"

APP_REMOVED: Final[Hook[OAuthApp]] = Hook("oauth_app_removed")
"""Run before an app is removed, in the same transaction: whoever gave it tokens takes them back."""


async def find_app(ctx: Context, app_id: str) -> OAuthApp | None:
    """The app with this id."""
    return await store.find(ctx.db, app_id)


async def get_app(ctx: Context, app_id: str) -> OAuthApp:
    """The app with this id."""
    app = await store.find(ctx.db, app_id)
    if app is None:
        raise APP_NOT_FOUND()
    return app


async def list_apps(ctx: Context, creator_id: str, page: int, per_page: int) -> list[OAuthApp]:
    """A page of apps, of one maker or with "" of all."""
    per_page = min(max(per_page, 1), MAX_PER_PAGE)
    return await store.list_apps(ctx.db, creator_id, max(page, 0) * per_page, per_page)


def without_secret(app: OAuthApp) -> OAuthApp:
    """The app as everybody may see it."""
    return msgspec.structs.replace(app, client_secret="")


def is_web_address(text: str) -> bool:
    """Whether the text is an http or https address with a host."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not re.search(r"[\s<>\x00-\x1f]", text)


def _require_valid(app: OAuthApp) -> None:
    if not 0 < len(app.name) <= MAX_NAME:
        raise BAD_NAME()
    encoded = msgspec.json.encode(app.callback_urls)
    if not app.callback_urls or len(encoded) > MAX_CALLBACKS or not all(map(is_web_address, app.callback_urls)):
        raise BAD_CALLBACK()
    registered_itself = app.is_dynamically_registered is True
    if not (registered_itself and not app.homepage) and (
        len(app.homepage) > MAX_ADDRESS or not is_web_address(app.homepage)
    ):
        raise BAD_HOMEPAGE()
    if len(app.description) > MAX_DESCRIPTION:
        raise BAD_DESCRIPTION()
    if app.icon_url and (len(app.icon_url) > MAX_ICON or not is_web_address(app.icon_url)):
        raise BAD_ICON()
    if len(app.mattermost_app_id) > MAX_APP_ID:
        raise BAD_APP_ID()


async def create_app(ctx: Context, draft: OAuthAppDraft, creator_id: str, *, may_trust: bool) -> OAuthApp:
    """A new app of this maker; it skips the user's consent only if the maker may say so."""
    now = now_ms()
    app = OAuthApp(
        id=new_id(),
        creator_id=creator_id,
        create_at=now,
        update_at=now,
        client_secret="" if draft.is_public else new_id(),
        name=draft.name,
        description=draft.description,
        icon_url=draft.icon_url,
        callback_urls=draft.callback_urls,
        homepage=draft.homepage,
        is_trusted=draft.is_trusted and may_trust,
        mattermost_app_id=draft.mattermost_app_id,
    )
    _require_valid(app)
    await store.insert(ctx.db, app)
    return app


async def update_app(ctx: Context, app: OAuthApp, draft: OAuthAppDraft, *, may_trust: bool) -> OAuthApp:
    """Changes an app; its maker, its secret and how it came to be stay."""
    changed = msgspec.structs.replace(
        app,
        name=draft.name,
        description=draft.description,
        icon_url=draft.icon_url,
        callback_urls=draft.callback_urls,
        homepage=draft.homepage,
        is_trusted=draft.is_trusted if may_trust else app.is_trusted,
        update_at=now_ms(),
    )
    _require_valid(changed)
    await store.update(ctx.db, changed)
    return changed


async def replace_secret(ctx: Context, app: OAuthApp) -> OAuthApp:
    """Gives an app a new secret; the old one stops working at once."""
    if app.is_public:
        raise PUBLIC_HAS_NO_SECRET()
    changed = msgspec.structs.replace(app, client_secret=new_id(), update_at=now_ms())
    await store.update(ctx.db, changed)
    return changed


async def delete_app(ctx: Context, app: OAuthApp) -> None:
    """Removes an app with everything that it was given."""
    async with ctx.transaction() as tx:
        await APP_REMOVED.run(ctx, app)
        await store.delete(tx, app.id)


async def register_client(ctx: Context, wish: Registration) -> Registered | RegistrationError:
    """Makes an app of what a client says of itself."""
    if (refusal := _refusal(ctx, wish)) is not None:
        return refusal
    method = wish.token_endpoint_auth_method or SECRET_METHOD
    now = now_ms()
    app = OAuthApp(
        id=new_id(),
        creator_id="",
        create_at=now,
        update_at=now,
        client_secret="" if method == PUBLIC_METHOD else new_id(),
        name=wish.client_name or "Dynamically Registered Client",
        description="",
        icon_url="",
        callback_urls=wish.redirect_uris,
        homepage=wish.client_uri,
        is_trusted=False,
        mattermost_app_id="",
        is_dynamically_registered=True,
    )
    await store.insert(ctx.db, app)
    return Registered(
        client_id=app.id,
        client_name=app.name,
        redirect_uris=app.callback_urls,
        token_endpoint_auth_method=method,
        grant_types=["authorization_code", "refresh_token"],
        response_types=["code"],
        scope="user",
        client_secret=app.client_secret,
        client_uri=app.homepage,
    )


def _refusal(ctx: Context, wish: Registration) -> RegistrationError | None:
    """Why the registration is refused, in the words that clients know."""
    settings = ctx.config.ServiceSettings
    if not (settings.EnableOAuthServiceProvider and settings.EnableDynamicClientRegistration):
        return RegistrationError("unsupported_operation", "Dynamic client registration is disabled")
    fault = ""
    if not wish.redirect_uris:
        fault = "At least one redirect URI is required."
    elif not all(map(is_web_address, wish.redirect_uris)):
        fault = "Invalid redirect URI format."
    elif len(msgspec.json.encode(wish.redirect_uris)) > MAX_CALLBACKS:
        fault = "Redirect URIs are too long."
    elif len(wish.client_name) > MAX_NAME:
        fault = f"Client name must be {MAX_NAME} characters or less."
    elif wish.client_uri and (len(wish.client_uri) > MAX_ADDRESS or not is_web_address(wish.client_uri)):
        fault = "Invalid client URI format."
    elif wish.token_endpoint_auth_method not in ("", PUBLIC_METHOD, SECRET_METHOD):
        fault = "Unsupported token_endpoint_auth_method supplied."
    if fault:
        return RegistrationError("invalid_client_metadata", fault)
    allowed = [_pattern(glob) for glob in settings.DCRRedirectURIAllowlist]
    if allowed and not all(any(p.fullmatch(uri) for p in allowed) for uri in wish.redirect_uris):
        return RegistrationError("invalid_redirect_uri", "One or more redirect URIs do not match the allowlist")
    return None


def _pattern(glob: str) -> re.Pattern[str]:
    """The addresses that an entry of the list allows: `*` is anything but a slash, `**` anything."""
    parts = re.split(r"(\*\*|\*)", glob)
    return re.compile("".join({"**": ".*", "*": "[^/]*"}.get(part) or re.escape(part) for part in parts))
