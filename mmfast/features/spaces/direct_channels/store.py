"""SQL that only direct and group channels need."""

from mmfast.db.executor import Executor


async def make_admin(db: Executor, channel_id: str, user_id: str) -> None:
    """Makes a member the channel's admin."""
    await db.execute(
        "UPDATE channelmembers SET schemeadmin = true WHERE channelid = $1 AND userid = $2 AND NOT schemeguest",
        channel_id,
        user_id,
    )
