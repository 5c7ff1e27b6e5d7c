"""SQL that remembers who was answered: the replies themselves."""

from mmfast.db.executor import Executor


async def wait_for_turn(db: Executor, channel_id: str) -> None:
    """Lets the transactions that answer in a channel run one after the other, in whichever worker."""
    await db.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", "automatic reply " + channel_id)


async def has_replied_since(db: Executor, channel_id: str, user_id: str, time: int) -> bool:
    """Whether a message of the channel was answered automatically for the user after a time."""
    return bool(
        await db.fetchval(
            "SELECT EXISTS (SELECT 1 FROM posts WHERE channelid = $1 AND deleteat = 0 AND createat > $3"
            " AND userid = $2 AND type = 'system_auto_responder')",
            channel_id,
            user_id,
            time,
        )
    )
