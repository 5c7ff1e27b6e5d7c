"""SQL of the reading positions in ChannelMembers."""

from collections.abc import Sequence

from msgspec import Struct

from mmfast.db.executor import Executor
from mmfast.features.spaces.channel_reading.types import ChannelUnread


class Position(Struct):
    """Where a member stood in a channel before it was marked read, and until when it is read now."""

    channel_id: str
    last_post_at: int
    was_unread: bool


async def mark_read(db: Executor, user_id: str, channel_ids: Sequence[str]) -> list[Position]:
    """Sets the user's reading positions to the ends of those of the channels that they are in."""
    rows = await db.fetch(
        """WITH before AS (
               SELECT m.channelid, COALESCE(c.lastpostat, 0) AS lastpostat, COALESCE(c.totalmsgcount, 0) AS total,
                   COALESCE(c.totalmsgcountroot, 0) AS totalroot,
                   COALESCE(m.msgcount, 0) < COALESCE(c.totalmsgcount, 0) OR COALESCE(m.mentioncount, 0) > 0
                       OR COALESCE(m.lastviewedat, 0) < COALESCE(c.lastpostat, 0) AS unread
               FROM channelmembers m JOIN channels c ON c.id = m.channelid
               WHERE m.userid = $1 AND m.channelid = ANY($2)),
           done AS (
               UPDATE channelmembers m SET mentioncount = 0, mentioncountroot = 0, urgentmentioncount = 0,
                   msgcount = GREATEST(COALESCE(m.msgcount, 0), b.total),
                   msgcountroot = GREATEST(COALESCE(m.msgcountroot, 0), b.totalroot),
                   lastviewedat = GREATEST(COALESCE(m.lastviewedat, 0), b.lastpostat),
                   lastupdateat = GREATEST(COALESCE(m.lastupdateat, 0), b.lastpostat)
               FROM before b WHERE m.userid = $1 AND m.channelid = b.channelid AND b.unread)
           SELECT channelid, lastpostat, unread FROM before""",
        user_id,
        list(channel_ids),
    )
    return [Position(*row) for row in rows]


async def find_unread(db: Executor, channel_id: str, user_id: str) -> ChannelUnread | None:
    """What the member has not read; None for who is not in."""
    row = await db.fetchrow(
        """SELECT COALESCE(c.teamid, ''), c.id,
               CASE WHEN muted THEN 0 ELSE GREATEST(COALESCE(c.totalmsgcount, 0) - COALESCE(m.msgcount, 0), 0) END,
               COALESCE(m.mentioncount, 0), COALESCE(m.mentioncountroot, 0), COALESCE(m.urgentmentioncount, 0),
               CASE WHEN muted THEN 0
                    ELSE GREATEST(COALESCE(c.totalmsgcountroot, 0) - COALESCE(m.msgcountroot, 0), 0) END
           FROM (SELECT *, COALESCE(notifyprops->>'mark_unread', '') = 'mention' AS muted FROM channelmembers) m
           JOIN channels c ON c.id = m.channelid WHERE m.channelid = $1 AND m.userid = $2""",
        channel_id,
        user_id,
    )
    return ChannelUnread(*row) if row else None
