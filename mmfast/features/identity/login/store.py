"""SQL of what a login notes in the table Users, and of the table DesktopTokens."""

from mmfast.db.executor import Executor


async def add_failed_attempt(db: Executor, user_id: str) -> None:
    """Counts a wrong password or code."""
    await db.execute("UPDATE users SET failedattempts = COALESCE(failedattempts, 0) + 1 WHERE id = $1", user_id)


async def clear_failed_attempts(db: Executor, user_id: str, maximum: int) -> bool:
    """Begins the count anew, unless the account has been locked meanwhile: False then.

    Guesses that run side by side all see the count as it was before them; only who finds fewer than `maximum` wrong
    ones at the end gets in.
    """
    done = await db.fetchval(
        "UPDATE users SET failedattempts = 0 WHERE id = $1 AND COALESCE(failedattempts, 0) < $2 RETURNING true",
        user_id,
        maximum,
    )
    return done is True


async def reset_failed_attempts(db: Executor, user_id: str) -> None:
    """Begins the count anew."""
    await db.execute("UPDATE users SET failedattempts = 0 WHERE id = $1", user_id)


async def update_last_login(db: Executor, user_id: str, now: int) -> None:
    """Notes the time of a login."""
    await db.execute("UPDATE users SET lastlogin = $2 WHERE id = $1", user_id, now)


async def take_desktop_token(db: Executor, token: str, not_before: int) -> str:
    """Uses up a desktop app's token; the user's id, or "" where it is unknown or too old."""
    user_id = await db.fetchval(
        "DELETE FROM desktoptokens WHERE token = $1 AND createat >= $2 RETURNING userid", token, not_before
    )
    return user_id or ""


async def delete_desktop_tokens(db: Executor, made_before: int) -> None:
    """Removes desktop apps' tokens made before a moment."""
    await db.execute("DELETE FROM desktoptokens WHERE createat < $1", made_before)
