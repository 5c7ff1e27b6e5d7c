"""SQL of the two-factor columns of the table Users."""

from collections.abc import Sequence

import msgspec

from mmfast.db.executor import Executor


async def update_secret(db: Executor, user_id: str, secret: str, now: int) -> None:
    """Writes a new secret, not yet in use."""
    await db.execute("UPDATE users SET mfasecret = $2, updateat = $3 WHERE id = $1", user_id, secret, now)


async def update_active(db: Executor, user_id: str, active: bool, now: int) -> None:
    """Switches two-factor authentication on, or off together with its secret."""
    await db.execute(
        "UPDATE users SET mfaactive = $2, mfasecret = CASE WHEN $2 THEN mfasecret ELSE '' END,"
        " mfausedtimestamps = '[]', updateat = $3 WHERE id = $1",
        user_id,
        active,
        now,
    )


async def update_used_steps(db: Executor, user_id: str, before: Sequence[int], after: Sequence[int]) -> bool:
    """Writes which codes are used up; False if they are no longer `before`, so that a code works for one caller."""
    done = await db.fetchval(
        "UPDATE users SET mfausedtimestamps = $3::jsonb WHERE id = $1"
        " AND COALESCE(NULLIF(mfausedtimestamps, 'null'), '[]') IN ($2::jsonb, $4::jsonb) RETURNING true",
        user_id,
        _json([str(step) for step in before]),
        _json([str(step) for step in after]),
        _json(list(before)),
    )
    return done is True


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
