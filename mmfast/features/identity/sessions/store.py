"""SQL of the table Sessions."""

import msgspec

from mmfast.db.executor import Executor, Record
from mmfast.features.identity.sessions.types import Session

COLUMNS = (
    "id, token, COALESCE(createat, 0), COALESCE(expiresat, 0), COALESCE(lastactivityat, 0), COALESCE(userid, ''),"
    " COALESCE(deviceid, ''), COALESCE(roles, ''), COALESCE(isoauth, false), COALESCE(expirednotify, false), props"
)

_decode_props = msgspec.json.Decoder(dict[str, str], strict=False).decode


def _session(row: Record) -> Session:
    session = Session(*row)
    session.props = _decode_props(row[10]) if row[10] else {}
    return session


async def list_by_tokens(db: Executor, tokens: list[str]) -> dict[str, Session]:
    """The sessions with these tokens, by token."""
    rows = await db.fetch(f"SELECT {COLUMNS} FROM sessions WHERE token = ANY($1::text[])", tokens)
    return {session.token: session for session in map(_session, rows)}


async def find_by_id(db: Executor, session_id: str) -> Session | None:
    """The session with this id."""
    row = await db.fetchrow(f"SELECT {COLUMNS} FROM sessions WHERE id = $1", session_id)
    return _session(row) if row else None


async def list_of_user(db: Executor, user_id: str) -> list[Session]:
    """The user's sessions that have not expired, the one used last first."""
    rows = await db.fetch(
        f"SELECT {COLUMNS} FROM sessions WHERE userid = $1 ORDER BY lastactivityat DESC, createat DESC", user_id
    )
    return [_session(row) for row in rows]


async def insert(db: Executor, session: Session) -> None:
    """Writes a new session."""
    await db.execute(
        "INSERT INTO sessions (id, token, createat, expiresat, lastactivityat, userid, deviceid, roles, isoauth,"
        " expirednotify, props) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb)",
        session.id,
        session.token,
        session.create_at,
        session.expires_at,
        session.last_activity_at,
        session.user_id,
        session.device_id,
        session.roles,
        session.is_oauth,
        session.expired_notify,
        msgspec.json.encode(session.props).decode(),
    )


async def delete(db: Executor, session_id: str) -> str:
    """Removes one session; its token, or "" where there was none."""
    return await db.fetchval("DELETE FROM sessions WHERE id = $1 RETURNING token", session_id) or ""


async def delete_of_user(db: Executor, user_id: str, keep: str = "") -> list[tuple[str, str]]:
    """Removes the user's sessions except `keep`; ids and tokens of the removed ones."""
    rows = await db.fetch("DELETE FROM sessions WHERE userid = $1 AND id <> $2 RETURNING id, token", user_id, keep)
    return [(row[0], row[1]) for row in rows]


async def delete_of_device(db: Executor, user_id: str, device_id: str, keep: str) -> list[tuple[str, str]]:
    """Removes the user's other sessions on a device; ids and tokens of the removed ones."""
    rows = await db.fetch(
        "DELETE FROM sessions WHERE userid = $1 AND deviceid = $2 AND id <> $3 RETURNING id, token",
        user_id,
        device_id,
        keep,
    )
    return [(row[0], row[1]) for row in rows]


async def delete_of_access_token(db: Executor, token: str) -> list[str]:
    """Removes the session that a personal access token made; its id."""
    rows = await db.fetch("DELETE FROM sessions WHERE token = $1 RETURNING id", token)
    return [row[0] for row in rows]


async def delete_all(db: Executor) -> None:
    """Removes every session of the server."""
    await db.execute("DELETE FROM sessions")


async def update_roles(db: Executor, user_id: str, roles: str) -> list[str]:
    """Gives the user's sessions new roles; their tokens."""
    rows = await db.fetch("UPDATE sessions SET roles = $2 WHERE userid = $1 RETURNING token", user_id, roles)
    return [row[0] for row in rows]


async def update_guest(db: Executor, user_id: str, is_guest: bool) -> list[str]:
    """Notes in the user's sessions whether they are a guest's; their tokens."""
    rows = await db.fetch(
        "UPDATE sessions SET props = COALESCE(props, '{}') || jsonb_build_object('is_guest', $2::text)"
        " WHERE userid = $1 RETURNING token",
        user_id,
        "true" if is_guest else "false",
    )
    return [row[0] for row in rows]


async def update_device(db: Executor, session_id: str, device_id: str, expires_at: int) -> None:
    """Attaches a device, with the expiry that phones have."""
    await db.execute(
        "UPDATE sessions SET deviceid = $2, expiresat = $3, expirednotify = false WHERE id = $1",
        session_id,
        device_id,
        expires_at,
    )


async def update_props(db: Executor, session_id: str, props: dict[str, str]) -> None:
    """Adds properties to the session."""
    await db.execute(
        "UPDATE sessions SET props = COALESCE(props, '{}') || $2::jsonb WHERE id = $1",
        session_id,
        msgspec.json.encode(props).decode(),
    )


async def update_expiry(db: Executor, session_id: str, expires_at: int) -> None:
    """Moves the end of the session."""
    await db.execute("UPDATE sessions SET expiresat = $2, expirednotify = false WHERE id = $1", session_id, expires_at)


async def update_activity(db: Executor, seen: dict[str, int]) -> None:
    """Writes when sessions were last used, many at once."""
    await db.execute(
        "UPDATE sessions SET lastactivityat = seen.at FROM unnest($1::text[], $2::bigint[]) AS seen(id, at)"
        " WHERE sessions.id = seen.id AND sessions.lastactivityat < seen.at",
        list(seen),
        list(seen.values()),
    )


async def delete_expired(db: Executor, expired_before: int) -> None:
    """Removes sessions that ended by themselves before a moment."""
    await db.execute("DELETE FROM sessions WHERE expiresat > 0 AND expiresat < $1", expired_before)
