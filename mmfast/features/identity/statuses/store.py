"""The table `status`."""

from typing import Final

from mmfast.db.executor import Executor, Record
from mmfast.features.identity.statuses.types import AWAY, DND, OFFLINE, ONLINE, Presence

COLUMNS: Final = "userid, status, manual, lastactivityat, dndendtime, prevstatus"


def _presence(row: Record) -> Presence:
    user_id, status, manual, last_activity_at, dnd_end_time, prev_status = row
    return Presence(
        user_id, status or OFFLINE, bool(manual), last_activity_at or 0, dnd_end_time or 0, prev_status or ""
    )


async def find(db: Executor, user_id: str) -> Presence | None:
    """The row of a user who has ever been seen."""
    row = await db.fetchrow(f"SELECT {COLUMNS} FROM status WHERE userid = $1", user_id)
    return None if row is None else _presence(row)


async def list_by_ids(db: Executor, user_ids: list[str]) -> list[Presence]:
    """The rows of those of the users who have ever been seen."""
    rows = await db.fetch(f"SELECT {COLUMNS} FROM status WHERE userid = ANY($1::text[])", user_ids)
    return [_presence(row) for row in rows]


async def list_present(db: Executor) -> dict[str, str]:
    """Status by user id of all who are not offline."""
    return {row[0]: row[1] for row in await db.fetch("SELECT userid, status FROM status WHERE status <> $1", OFFLINE)}


async def save(db: Executor, presence: Presence) -> None:
    """Writes a row."""
    await db.execute(
        f"INSERT INTO status ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (userid) DO UPDATE SET"
        " status = excluded.status, manual = excluded.manual, lastactivityat = excluded.lastactivityat,"
        " dndendtime = excluded.dndendtime, prevstatus = excluded.prevstatus",
        presence.user_id,
        presence.status,
        presence.manual,
        presence.last_activity_at,
        presence.dnd_end_time,
        presence.prev_status,
    )


async def save_unless_chosen(db: Executor, presences: list[Presence]) -> None:
    """Writes many rows at once, but none over what was chosen by hand or is newer."""
    in_order = sorted(presences, key=lambda presence: presence.user_id)  # as other workers: they could lock each other
    await db.execute(
        f"INSERT INTO status AS old ({COLUMNS}) SELECT userid, status, false, at, 0, prevstatus FROM"
        " unnest($1::text[], $2::text[], $3::bigint[], $4::text[]) AS seen(userid, status, at, prevstatus)"
        " ON CONFLICT (userid) DO UPDATE SET status = excluded.status, lastactivityat = excluded.lastactivityat,"
        " prevstatus = excluded.prevstatus"
        " WHERE old.manual IS NOT TRUE AND old.lastactivityat <= excluded.lastactivityat",
        [presence.user_id for presence in in_order],
        [presence.status for presence in in_order],
        [presence.last_activity_at for presence in in_order],
        [presence.prev_status for presence in in_order],
    )


async def end_expired_dnd(db: Executor, now_seconds: int) -> list[Presence]:
    """Gives those whose do-not-disturb has run out their former status back; each row comes to one caller only."""
    rows = await db.fetch(
        "UPDATE status SET status = CASE WHEN prevstatus IN ('', $2) OR prevstatus IS NULL THEN $3 ELSE prevstatus END,"
        " manual = COALESCE(prevstatus = $4, false), dndendtime = 0, prevstatus = $2"
        f" WHERE status = $2 AND dndendtime > 0 AND dndendtime <= $1 RETURNING {COLUMNS}",
        now_seconds,
        DND,
        ONLINE,
        AWAY,
    )
    return [_presence(row) for row in rows]
