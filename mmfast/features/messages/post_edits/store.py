"""SQL that changes posts. The old row stays as a deleted post of another id that names the original."""

from mmfast.core.ids import new_id
from mmfast.db.executor import Executor
from mmfast.features.messages.posts.types import COLUMNS, Post, post_of


async def save(db: Executor, post: Post, *, keep_version: bool) -> None:
    """Writes a changed post, and keeps what it was as a version if that is wanted."""
    if keep_version:
        await db.execute(
            "INSERT INTO posts (id, createat, updateat, editat, deleteat, ispinned, userid, channelid, rootid,"
            " originalid, message, type, props, hashtags, filenames, fileids, hasreactions, remoteid)"
            " SELECT $2, createat, $3, editat, $3, ispinned, userid, channelid, rootid, id, message, type, props,"
            " hashtags, filenames, fileids, hasreactions, remoteid FROM posts WHERE id = $1",
            post.id,
            new_id(),
            post.update_at,
        )
    await db.execute(
        "UPDATE posts SET updateat = $2, editat = $3, ispinned = $4, message = $5, props = $6, hashtags = $7,"
        " fileids = $8, hasreactions = $9 WHERE id = $1",
        post.id,
        post.update_at,
        post.edit_at,
        post.is_pinned,
        post.message,
        bytes(post.props).decode(),
        post.hashtags,
        bytes(post.file_ids).decode(),
        post.has_reactions is True,
    )


async def list_versions(db: Executor, post_id: str) -> list[Post]:
    """The earlier versions of a post, latest first."""
    rows = await db.fetch(
        f"SELECT {COLUMNS} FROM posts p WHERE p.originalid = $1 ORDER BY p.editat DESC, p.updateat DESC", post_id
    )
    return [post_of(row) for row in rows]
