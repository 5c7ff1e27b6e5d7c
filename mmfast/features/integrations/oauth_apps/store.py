"""SQL of the table OAuthApps."""

import msgspec

from mmfast.db.executor import Executor, Record
from mmfast.features.integrations.oauth_apps.types import OAuthApp

COLUMNS = (
    "a.id, COALESCE(a.creatorid, ''), COALESCE(a.createat, 0), COALESCE(a.updateat, 0), COALESCE(a.clientsecret, ''),"
    " COALESCE(a.name, ''), COALESCE(a.description, ''), COALESCE(a.iconurl, ''), COALESCE(a.callbackurls, '[]'),"
    " COALESCE(a.homepage, ''), COALESCE(a.istrusted, false), a.mattermostappid,"
    " COALESCE(a.isdynamicallyregistered, false)"
)
_decode_urls = msgspec.json.Decoder(list[str]).decode


def _app(row: Record) -> OAuthApp:
    app = OAuthApp(*row)
    app.callback_urls = _decode_urls(row[8])
    if not row[12]:
        app.is_dynamically_registered = msgspec.UNSET
    return app


async def find(db: Executor, app_id: str) -> OAuthApp | None:
    """The app with this id."""
    row = await db.fetchrow(f"SELECT {COLUMNS} FROM oauthapps a WHERE a.id = $1", app_id)
    return _app(row) if row else None


async def list_apps(db: Executor, creator_id: str, offset: int, limit: int) -> list[OAuthApp]:
    """A page of apps, of one maker or with "" of all."""
    rows = await db.fetch(
        f"SELECT {COLUMNS} FROM oauthapps a WHERE ($1 = '' OR a.creatorid = $1) ORDER BY a.createat LIMIT $2 OFFSET $3",
        creator_id,
        limit,
        offset,
    )
    return [_app(row) for row in rows]


async def list_let_in(db: Executor, user_id: str, category: str, offset: int, limit: int) -> list[OAuthApp]:
    """A page of the apps that a user has let in: each is kept as a preference named by the app's id."""
    rows = await db.fetch(
        f"SELECT {COLUMNS} FROM oauthapps a JOIN preferences p ON p.name = a.id"
        " WHERE p.userid = $1 AND p.category = $2 ORDER BY a.createat LIMIT $3 OFFSET $4",
        user_id,
        category,
        limit,
        offset,
    )
    return [_app(row) for row in rows]


async def insert(db: Executor, app: OAuthApp) -> None:
    """Writes a new app."""
    await db.execute(
        "INSERT INTO oauthapps (id, creatorid, createat, updateat, clientsecret, name, description, iconurl,"
        " callbackurls, homepage, istrusted, mattermostappid, isdynamicallyregistered)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        app.id,
        app.creator_id,
        app.create_at,
        app.update_at,
        app.client_secret,
        app.name,
        app.description,
        app.icon_url,
        msgspec.json.encode(app.callback_urls).decode(),
        app.homepage,
        app.is_trusted,
        app.mattermost_app_id,
        app.is_dynamically_registered is True,
    )


async def update(db: Executor, app: OAuthApp) -> None:
    """Writes what may change in an app."""
    await db.execute(
        "UPDATE oauthapps SET updateat = $2, clientsecret = $3, name = $4, description = $5, iconurl = $6,"
        " callbackurls = $7, homepage = $8, istrusted = $9 WHERE id = $1",
        app.id,
        app.update_at,
        app.client_secret,
        app.name,
        app.description,
        app.icon_url,
        msgspec.json.encode(app.callback_urls).decode(),
        app.homepage,
        app.is_trusted,
    )


async def delete(db: Executor, app_id: str) -> None:
    """Removes an app."""
    await db.execute("DELETE FROM oauthapps WHERE id = $1", app_id)
