"""SQL of the table UserAccessTokens."""

import msgspec

from mmfast.db.executor import Executor
from mmfast.features.identity.access_tokens.types import AccessToken

COLUMNS = "id, userid, COALESCE(description, ''), COALESCE(isactive, false)"
"""Without the secret, which no list shows."""


class TokenOwner(msgspec.Struct):
    """The token that a request showed, with what decides whether it may be used."""

    id: str
    secret: str
    user_id: str
    roles: str
    is_bot: bool


async def insert(db: Executor, token: AccessToken) -> None:
    """Writes a new token."""
    await db.execute(
        "INSERT INTO useraccesstokens (id, token, userid, description, isactive) VALUES ($1, $2, $3, $4, $5)",
        token.id,
        token.token,
        token.user_id,
        token.description,
        token.is_active,
    )


async def find(db: Executor, token_id: str) -> AccessToken | None:
    """The token with this id."""
    row = await db.fetchrow(f"SELECT {COLUMNS} FROM useraccesstokens WHERE id = $1", token_id)
    return AccessToken(*row) if row else None


async def find_usable(db: Executor, secret: str) -> TokenOwner | None:
    """The active token with this secret, if its user's account is on."""
    row = await db.fetchrow(
        "SELECT t.id, t.token, t.userid, COALESCE(u.roles, ''), b.userid IS NOT NULL FROM useraccesstokens t"
        " JOIN users u ON u.id = t.userid LEFT JOIN bots b ON b.userid = t.userid"
        " WHERE t.token = $1 AND t.isactive AND COALESCE(u.deleteat, 0) = 0 AND COALESCE(b.deleteat, 0) = 0",
        secret,
    )
    return TokenOwner(*row) if row else None


async def list_all(db: Executor, offset: int, limit: int) -> list[AccessToken]:
    """A page of all tokens."""
    rows = await db.fetch(f"SELECT {COLUMNS} FROM useraccesstokens ORDER BY id LIMIT $1 OFFSET $2", limit, offset)
    return [AccessToken(*row) for row in rows]


async def list_of_user(db: Executor, user_id: str, offset: int, limit: int) -> list[AccessToken]:
    """A page of a user's tokens."""
    rows = await db.fetch(
        f"SELECT {COLUMNS} FROM useraccesstokens WHERE userid = $1 ORDER BY id LIMIT $2 OFFSET $3",
        user_id,
        limit,
        offset,
    )
    return [AccessToken(*row) for row in rows]


async def search(db: Executor, term: str) -> list[AccessToken]:
    """Tokens by id, user's id, or the beginning of the user's name."""
    pattern = term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    rows = await db.fetch(
        "SELECT t.id, t.userid, COALESCE(t.description, ''), COALESCE(t.isactive, false) FROM useraccesstokens t"
        " JOIN users u ON u.id = t.userid WHERE t.id LIKE $1 OR t.userid LIKE $1 OR u.username LIKE $1 ORDER BY t.id",
        pattern,
    )
    return [AccessToken(*row) for row in rows]


async def get_secret(db: Executor, token_id: str) -> str:
    """The secret of a token, to end the session that it made."""
    return await db.fetchval("SELECT token FROM useraccesstokens WHERE id = $1", token_id) or ""


async def update_active(db: Executor, token_id: str, active: bool) -> None:
    """Switches a token on or off."""
    await db.execute("UPDATE useraccesstokens SET isactive = $2 WHERE id = $1", token_id, active)


async def delete(db: Executor, token_id: str) -> None:
    """Removes a token."""
    await db.execute("DELETE FROM useraccesstokens WHERE id = $1", token_id)
