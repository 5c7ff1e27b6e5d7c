"""SQL of the table Tokens."""

from mmfast.db.executor import Executor
from mmfast.features.identity.one_time_tokens.types import OneTimeToken


async def insert(db: Executor, token: OneTimeToken) -> None:
    """Writes a token."""
    await db.execute(
        "INSERT INTO tokens (token, createat, type, extra) VALUES ($1, $2, $3, $4)",
        token.token,
        token.create_at,
        token.type,
        token.extra,
    )


async def find(db: Executor, token: str) -> OneTimeToken | None:
    """The token's row."""
    row = await db.fetchrow(
        "SELECT token, COALESCE(createat, 0), COALESCE(type, ''), COALESCE(extra, '') FROM tokens WHERE token = $1",
        token,
    )
    return OneTimeToken(*row) if row else None


async def delete(db: Executor, token: str) -> bool:
    """Removes a token; whether it was there, so that of two who use it at once one fails."""
    return await db.fetchval("DELETE FROM tokens WHERE token = $1 RETURNING true", token) is True


async def delete_carrying(db: Executor, type: str, user_id: str) -> None:
    """Removes the tokens of a type that carry this user's id."""
    await db.execute(
        "DELETE FROM tokens WHERE type = $1 AND position($2 in COALESCE(extra, '')) > 0", type, f'"UserId":"{user_id}"'
    )


async def delete_before(db: Executor, time: int) -> None:
    """Removes tokens made before a time."""
    await db.execute("DELETE FROM tokens WHERE createat < $1", time)
