"""SQL of the tables OAuthAuthData and OAuthAccessData."""

from mmfast.db.executor import Executor
from mmfast.features.integrations.oauth_provider.types import AccessData, Grant

GRANT_COLUMNS = (
    "clientid, userid, code, COALESCE(expiresin, 0), COALESCE(createat, 0), COALESCE(redirecturi, ''),"
    " COALESCE(state, ''), COALESCE(scope, ''), COALESCE(codechallenge, ''), COALESCE(codechallengemethod, ''),"
    " COALESCE(resource, '')"
)
ACCESS_COLUMNS = (
    "token, COALESCE(refreshtoken, ''), COALESCE(redirecturi, ''), clientid, userid, COALESCE(expiresat, 0),"
    " COALESCE(scope, ''), COALESCE(audience, '')"
)


async def insert_grant(db: Executor, grant: Grant) -> None:
    """Writes a code."""
    await db.execute(
        "INSERT INTO oauthauthdata (clientid, userid, code, expiresin, createat, redirecturi, state, scope,"
        " codechallenge, codechallengemethod, resource) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        grant.client_id,
        grant.user_id,
        grant.code,
        grant.expires_in,
        grant.create_at,
        grant.redirect_uri,
        grant.state,
        grant.scope,
        grant.code_challenge,
        grant.code_challenge_method,
        grant.resource,
    )


async def find_grant(db: Executor, code: str) -> Grant | None:
    """The consent that a code stands for."""
    row = await db.fetchrow(f"SELECT {GRANT_COLUMNS} FROM oauthauthdata WHERE code = $1", code)
    return Grant(*row) if row else None


async def delete_grant(db: Executor, code: str) -> bool:
    """Uses a code up; False if somebody else was faster."""
    return await db.fetchval("DELETE FROM oauthauthdata WHERE code = $1 RETURNING true", code) is True


async def delete_grants(db: Executor, client_id: str, user_id: str) -> None:
    """Removes the codes of an app, of one user or with "" of all."""
    await db.execute("DELETE FROM oauthauthdata WHERE clientid = $1 AND ($2 = '' OR userid = $2)", client_id, user_id)


async def insert_access(db: Executor, access: AccessData) -> None:
    """Writes the token that an app holds for a user, in the place of the one before."""
    await db.execute(
        "INSERT INTO oauthaccessdata (token, refreshtoken, redirecturi, clientid, userid, expiresat, scope, audience)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (clientid, userid) DO UPDATE SET"
        " token = excluded.token, refreshtoken = excluded.refreshtoken, redirecturi = excluded.redirecturi,"
        " expiresat = excluded.expiresat, scope = excluded.scope, audience = excluded.audience",
        access.token,
        access.refresh_token,
        access.redirect_uri,
        access.client_id,
        access.user_id,
        access.expires_at,
        access.scope,
        access.audience,
    )


async def find_access(db: Executor, client_id: str, user_id: str) -> AccessData | None:
    """The token that an app holds for a user."""
    row = await db.fetchrow(
        f"SELECT {ACCESS_COLUMNS} FROM oauthaccessdata WHERE clientid = $1 AND userid = $2", client_id, user_id
    )
    return AccessData(*row) if row else None


async def find_access_by_refresh_token(db: Executor, refresh_token: str) -> AccessData | None:
    """The token that this one renews."""
    row = await db.fetchrow(f"SELECT {ACCESS_COLUMNS} FROM oauthaccessdata WHERE refreshtoken = $1", refresh_token)
    return AccessData(*row) if row else None


async def delete_access(db: Executor, client_id: str, user_id: str) -> list[str]:
    """Removes the tokens of an app, of one user or with "" of all; gives them."""
    rows = await db.fetch(
        "DELETE FROM oauthaccessdata WHERE clientid = $1 AND ($2 = '' OR userid = $2) RETURNING token",
        client_id,
        user_id,
    )
    return [row[0] for row in rows]


async def delete_expired_grants(db: Executor, now: int) -> None:
    """Removes the codes that have run out."""
    await db.execute("DELETE FROM oauthauthdata WHERE createat + expiresin::bigint * 1000 < $1", now)
