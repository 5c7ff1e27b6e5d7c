"""SQL of the table PostReminders."""

from mmfast.db.executor import Executor
from mmfast.features.messages.reminders.types import Due


async def save(db: Executor, post_id: str, user_id: str, target_time: int) -> None:
    """Writes a reminder in place of one that is there."""
    await db.execute(
        "INSERT INTO postreminders (postid, userid, targettime) VALUES ($1, $2, $3)"
        " ON CONFLICT (postid, userid) DO UPDATE SET targettime = excluded.targettime",
        post_id,
        user_id,
        target_time,
    )


async def list_due(db: Executor, seconds: int, limit: int) -> list[Due]:
    """The reminders that are due, the oldest first."""
    rows = await db.fetch(
        "SELECT postid, userid, targettime FROM postreminders WHERE targettime <= $1 ORDER BY targettime LIMIT $2",
        seconds,
        limit,
    )
    return [Due(*row) for row in rows]


async def take(db: Executor, due: Due) -> bool:
    """Removes a reminder unless it was changed; False if another worker has it or had it."""
    taken = await db.fetchval(
        "DELETE FROM postreminders WHERE ctid = (SELECT ctid FROM postreminders"
        " WHERE postid = $1 AND userid = $2 AND targettime = $3 FOR UPDATE SKIP LOCKED) RETURNING true",
        due.post_id,
        due.user_id,
        due.target_time,
    )
    return taken is True
