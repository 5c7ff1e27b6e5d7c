"""SQL that lists pinned posts."""

from mmfast.db.executor import Executor
from mmfast.features.messages.posts.types import COLUMNS, WIDTH, Post, post_of


async def list_pinned(db: Executor, channel_id: str) -> list[Post]:
    """The channel's pinned posts with their threads' numbers of replies, oldest first."""
    rows = await db.fetch(
        f"SELECT {COLUMNS}, COALESCE(t.replycount, 0) FROM posts p"
        " LEFT JOIN threads t ON t.postid = CASE WHEN p.rootid = '' THEN p.id ELSE p.rootid END"
        " WHERE p.channelid = $1 AND p.ispinned AND p.deleteat = 0 ORDER BY p.createat",
        channel_id,
    )
    posts = [post_of(row) for row in rows]
    for post, row in zip(posts, rows, strict=True):
        post.reply_count = row[WIDTH]
    return posts
