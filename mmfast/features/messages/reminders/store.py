"""SQL of the table PostReminders."""

from mmfast.db.executor import Executor


async def save(db: Executor, post_id: str, user_id: str, target_time: int) -> None:
    """Writes a reminder in place of one that is there."""
    await db.execute(
        "INSERT INTO postreminders (postid, userid, targettime) VALUES ($1, $2, $3)"
        " ON CONFLICT (postid, userid) DO UPDATE SET targettime = excluded.targettime",
        post_id,
        user_id,
        target_time,
    )
