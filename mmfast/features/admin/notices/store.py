"""SQL of the table productnoticeviewstate."""

from mmfast.db.executor import Executor


async def save_views(db: Executor, user_id: str, notice_ids: list[str], at_seconds: int) -> None:
    """Notes that a user has seen notices once more."""
    await db.execute(
        """INSERT INTO productnoticeviewstate (userid, noticeid, viewed, timestamp)
           SELECT $1, unnest($2::varchar[]), 1, $3
           ON CONFLICT (userid, noticeid) DO UPDATE
           SET viewed = productnoticeviewstate.viewed + 1, timestamp = excluded.timestamp""",
        user_id,
        notice_ids,
        at_seconds,
    )
