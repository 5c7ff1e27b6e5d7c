"""SQL of what a member has not read."""

from mmfast.db.executor import Executor
from mmfast.features.delivery.unread_posts.types import ChannelUnread
from mmfast.features.messages.posts.types import COLUMNS, MEMBERSHIP_TYPES, Post, post_of

_NO_MESSAGES = list(MEMBERSHIP_TYPES)


async def find_last_viewed(db: Executor, channel_id: str, user_id: str) -> int | None:
    """Up to when the member has read the channel; None for who is not in it."""
    viewed: int | None = await db.fetchval(
        "SELECT COALESCE(lastviewedat, 0) FROM channelmembers WHERE channelid = $1 AND userid = $2", channel_id, user_id
    )
    return viewed


async def find_first_after(db: Executor, channel_id: str, time: int, *, roots_only: bool) -> Post | None:
    """The oldest post after a time."""
    roots = " AND p.rootid = ''" if roots_only else ""
    row = await db.fetchrow(
        f"SELECT {COLUMNS} FROM posts p WHERE p.channelid = $1 AND p.deleteat = 0 AND p.createat > $2{roots}"
        " ORDER BY p.createat, p.id LIMIT 1",
        channel_id,
        time,
    )
    return post_of(row) if row else None


async def list_from(db: Executor, post: Post, user_id: str) -> list[tuple[Post, bool]]:
    """The posts by others from this one on, each with whether it is urgent."""
    rows = await db.fetch(
        f"SELECT {COLUMNS}, r.priority IS NOT DISTINCT FROM 'urgent' FROM posts p"
        " LEFT JOIN postspriority r ON r.postid = p.id"
        " WHERE p.channelid = $1 AND p.deleteat = 0 AND p.createat >= $2 AND p.userid <> $3",
        post.channel_id,
        post.create_at,
        user_id,
    )
    return [(post_of(row), row[len(row) - 1]) for row in rows]


async def save_unread(
    db: Executor, post: Post, user_id: str, mentions: tuple[int, int, int], now: int
) -> ChannelUnread | None:
    """Sets the member back to before the post; `mentions` in all, in roots, and urgent. None for who is no member."""
    row = await db.fetchrow(
        """
        WITH later AS (
            SELECT count(*) AS messages, count(*) FILTER (WHERE rootid = '') AS roots FROM posts
            WHERE channelid = $1 AND deleteat = 0 AND createat >= $2 AND NOT (COALESCE(type, '') = ANY($3::text[]))
        )
        UPDATE channelmembers m SET msgcount = GREATEST(c.totalmsgcount - later.messages, 0),
            msgcountroot = GREATEST(c.totalmsgcountroot - later.roots, 0), lastviewedat = $2 - 1,
            mentioncount = $5, mentioncountroot = $6, urgentmentioncount = $7, lastupdateat = $8
        FROM later, channels c
        WHERE c.id = $1 AND m.channelid = $1 AND m.userid = $4
        RETURNING COALESCE(c.teamid, ''), m.userid, m.channelid, m.msgcount, m.mentioncount, m.mentioncountroot,
            m.urgentmentioncount, m.msgcountroot, m.lastviewedat
        """,
        post.channel_id,
        post.create_at,
        _NO_MESSAGES,
        user_id,
        *mentions,
        now,
    )
    return ChannelUnread(*row) if row else None
