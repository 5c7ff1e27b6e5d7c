"""SQL of up to where threads are read."""

from mmfast.db.executor import Executor
from mmfast.features.messages.posts.types import COLUMNS, Post, post_of


async def list_replies_after(db: Executor, thread_id: str, time: int, user_id: str) -> list[Post]:
    """The replies by others after a time."""
    rows = await db.fetch(
        f"SELECT {COLUMNS} FROM posts p WHERE p.rootid = $1 AND p.deleteat = 0 AND p.createat > $2 AND p.userid <> $3",
        thread_id,
        time,
        user_id,
    )
    return [post_of(row) for row in rows]


async def save_position(db: Executor, thread_id: str, user_id: str, viewed: int, mentions: int, now: int) -> None:
    """Sets the user's position in a thread."""
    await db.execute(
        "UPDATE threadmemberships SET lastviewed = $3, unreadmentions = $4, lastupdated = $5"
        " WHERE postid = $1 AND userid = $2",
        thread_id,
        user_id,
        viewed,
        mentions,
        now,
    )


async def mark_all_read(db: Executor, user_id: str, team_id: str, now: int) -> None:
    """Reads all threads that the user follows in a team and in direct messages."""
    await db.execute(
        "UPDATE threadmemberships m SET lastviewed = $3, unreadmentions = 0, lastupdated = $3 FROM threads t"
        " WHERE t.postid = m.postid AND m.userid = $1 AND m.following AND COALESCE(t.threadteamid, '') IN ($2, '')"
        " AND (t.lastreplyat > COALESCE(m.lastviewed, 0) OR m.unreadmentions > 0)",
        user_id,
        team_id,
        now,
    )
