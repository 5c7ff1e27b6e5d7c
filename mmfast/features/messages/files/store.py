"""SQL of the table FileInfo."""

from collections.abc import Sequence
from typing import Final

from mmfast.db.executor import Executor
from mmfast.features.messages.files.types import FileInfo, file_info_of

COLUMNS: Final = (
    "id, COALESCE(creatorid, ''), COALESCE(postid, ''), COALESCE(channelid, ''), createat, updateat, deleteat,"
    " COALESCE(name, ''), COALESCE(extension, ''), COALESCE(size, 0), COALESCE(mimetype, ''), COALESCE(width, 0),"
    " COALESCE(height, 0), COALESCE(haspreviewimage, false), minipreview, COALESCE(remoteid, ''), archived"
)


async def list_by_ids(db: Executor, ids: Sequence[str], *, deleted: bool = False) -> list[FileInfo]:
    """The files with these ids, oldest first."""
    rows = await db.fetch(
        f"SELECT {COLUMNS} FROM fileinfo WHERE id = ANY($1::text[]) AND (deleteat = 0 OR $2) ORDER BY createat, id",
        list(ids),
        deleted,
    )
    return [file_info_of(row) for row in rows]


async def attach(db: Executor, ids: Sequence[str], user_id: str, post_id: str, channel_id: str) -> list[str]:
    """Gives the user's own files that belong to no post yet to a post. Gives the ids of those that it now has."""
    rows = await db.fetch(
        "UPDATE fileinfo SET postid = $3, channelid = $4 WHERE id = ANY($1::text[]) AND COALESCE(postid, '') = ''"
        " AND creatorid IN ($2, 'nouser') AND deleteat = 0 RETURNING id",
        list(ids),
        user_id,
        post_id,
        channel_id,
    )
    return [row[0] for row in rows]


async def mark_deleted_of_posts(db: Executor, root_id: str, now: int) -> None:
    """Marks the files of a post and of its replies as deleted."""
    await db.execute(
        "UPDATE fileinfo SET deleteat = $2 WHERE deleteat = 0"
        " AND postid IN (SELECT id FROM posts WHERE id = $1 OR rootid = $1)",
        root_id,
        now,
    )


async def mark_deleted(db: Executor, ids: Sequence[str], now: int) -> None:
    """Marks files as deleted."""
    await db.execute("UPDATE fileinfo SET deleteat = $2 WHERE id = ANY($1::text[]) AND deleteat = 0", list(ids), now)


async def unmark_deleted(db: Executor, ids: Sequence[str]) -> None:
    """Takes the mark from files that an older version of a post brings back."""
    await db.execute("UPDATE fileinfo SET deleteat = 0 WHERE id = ANY($1::text[])", list(ids))
