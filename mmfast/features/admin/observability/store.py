"""SQL of the gauges that are read from the database: cheap counts only, for they are asked for every few seconds."""

from mmfast.db.executor import Executor


async def count_active_users(db: Executor, since: int) -> int:
    """People, not bots, who were active after `since` (Unix milliseconds)."""
    count: int = await db.fetchval(
        "SELECT count(*) FROM status s WHERE s.lastactivityat > $1"
        " AND NOT EXISTS (SELECT FROM bots b WHERE b.userid = s.userid)",
        since,
    )
    return count


async def count_running_jobs(db: Executor) -> dict[str, int]:
    """How many jobs run, by type."""
    rows = await db.fetch("SELECT type, count(*) FROM jobs WHERE status = 'in_progress' GROUP BY type")
    return {row[0]: row[1] for row in rows}


async def count_phones(db: Executor, now: int) -> dict[tuple[str, str, str], int]:
    """Sessions of phones that have not ended: by version, platform and whether the phone shows notifications."""
    rows = await db.fetch(
        "SELECT COALESCE(props->>'mobile_version', ''), split_part(deviceid, ':', 1),"
        " COALESCE(props->>'device_notification_disabled', 'false'), count(*) FROM sessions"
        " WHERE deviceid <> '' AND (expiresat <= 0 OR expiresat > $1) GROUP BY 1, 2, 3",
        now,
    )
    return {(row[0], row[1], row[2]): row[3] for row in rows}
