"""SQL that lists the posts which a user has saved."""

from mmfast.db.executor import Executor
from mmfast.features.messages.posts.types import COLUMNS, WIDTH, Post, post_of


async def list_flagged(
    db: Executor, user_id: str, channel_id: str, team_id: str, *, offset: int, limit: int
) -> list[Post]:
    """A page of the saved posts in channels that the user is in, newest first; "" for any channel or team.

    Direct and group channels belong to every team.
    """
    rows = await db.fetch(
        f"SELECT {COLUMNS}, COALESCE(t.replycount, 0) FROM preferences f JOIN posts p ON p.id = f.name"
        " JOIN channels c ON c.id = p.channelid JOIN channelmembers m ON m.channelid = c.id AND m.userid = $1"
        " LEFT JOIN threads t ON t.postid = CASE WHEN p.rootid = '' THEN p.id ELSE p.rootid END"
        " WHERE f.userid = $1 AND f.category = 'flagged_post' AND p.deleteat = 0"
        " AND ($2 = '' OR c.id = $2) AND ($3 = '' OR c.teamid = $3 OR c.teamid = '')"
        " ORDER BY p.createat DESC, p.id LIMIT $4 OFFSET $5",
        user_id,
        channel_id,
        team_id,
        limit,
        offset,
    )
    posts = [post_of(row) for row in rows]
    for post, row in zip(posts, rows, strict=True):
        post.reply_count = row[WIDTH]
    return posts
