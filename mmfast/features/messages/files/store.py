"""SQL of the table FileInfo."""

from collections.abc import Sequence
from typing import Final

from msgspec import UNSET

from mmfast.db.executor import Executor
from mmfast.features.messages.files.types import WIDTH, FileInfo, StoredFile, file_info_of

COLUMNS: Final = (
    "f.id, COALESCE(f.creatorid, ''), COALESCE(f.postid, ''), COALESCE(f.channelid, ''), f.createat, f.updateat,"
    " f.deleteat, COALESCE(f.name, ''), COALESCE(f.extension, ''), COALESCE(f.size, 0), COALESCE(f.mimetype, ''),"
    " COALESCE(f.width, 0), COALESCE(f.height, 0), COALESCE(f.haspreviewimage, false), f.minipreview,"
    " COALESCE(f.remoteid, ''), f.archived"
)
"""The columns of FileInfo in the order of `FileInfo`'s fields, of a table named f."""


async def find(db: Executor, file_id: str) -> StoredFile | None:
    """The file, deleted or not. Rows of old name no channel: theirs is the post's."""
    row = await db.fetchrow(
        f"SELECT {COLUMNS}, COALESCE(f.path, ''), COALESCE(f.thumbnailpath, ''), COALESCE(f.previewpath, ''),"
        " COALESCE(p.channelid, '') FROM fileinfo f LEFT JOIN posts p ON p.id = f.postid WHERE f.id = $1",
        file_id,
    )
    if row is None:
        return None
    info = file_info_of(row)
    path, thumbnail, preview, channel_id = tuple(row)[WIDTH:]
    info.channel_id = info.channel_id or channel_id
    return StoredFile(info, path, thumbnail, preview)


async def list_by_ids(db: Executor, ids: Sequence[str], *, deleted: bool = False) -> list[FileInfo]:
    """The files with these ids, oldest first."""
    rows = await db.fetch(
        f"SELECT {COLUMNS} FROM fileinfo f WHERE f.id = ANY($1::text[]) AND (f.deleteat = 0 OR $2)"
        " ORDER BY f.createat, f.id",
        list(ids),
        deleted,
    )
    return [file_info_of(row) for row in rows]


async def list_of_post(db: Executor, post_id: str, *, deleted: bool = False) -> list[FileInfo]:
    """The files of a post, oldest first."""
    rows = await db.fetch(
        f"SELECT {COLUMNS} FROM fileinfo f WHERE f.postid = $1 AND (f.deleteat = 0 OR $2) ORDER BY f.createat, f.id",
        post_id,
        deleted,
    )
    return [file_info_of(row) for row in rows]


async def insert(db: Executor, files: Sequence[StoredFile], contents: Sequence[str]) -> None:
    """Writes new files, with the text in each that search shall find."""
    await db.executemany(
        "INSERT INTO fileinfo (id, creatorid, postid, channelid, createat, updateat, deleteat, path, thumbnailpath,"
        " previewpath, name, extension, size, mimetype, width, height, haspreviewimage, minipreview, content, remoteid,"
        " archived) VALUES ($1, $2, '', $3, $4, $5, 0, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, '',"
        " false)",
        [_values(file, content) for file, content in zip(files, contents, strict=True)],
    )


def _values(file: StoredFile, content: str) -> tuple[object, ...]:
    info = file.info
    return (
        info.id, info.user_id, info.channel_id, info.create_at, info.update_at, file.path, file.thumbnail_path,
        file.preview_path, info.name, info.extension, info.size, info.mime_type,
        0 if info.width is UNSET else info.width, 0 if info.height is UNSET else info.height,
        info.has_preview_image is True, info.mini_preview, content,
    )  # fmt: skip


async def save_pictures(db: Executor, file: StoredFile) -> None:
    """Writes which pictures were made of a file after it was stored."""
    await db.execute(
        "UPDATE fileinfo SET thumbnailpath = $2, previewpath = $3, haspreviewimage = $4, minipreview = $5"
        " WHERE id = $1",
        file.info.id,
        file.thumbnail_path,
        file.preview_path,
        file.info.has_preview_image is True,
        file.info.mini_preview,
    )


async def save_content(db: Executor, file_id: str, content: str) -> None:
    """Writes the text that was found in a file after it was stored."""
    await db.execute("UPDATE fileinfo SET content = $2 WHERE id = $1", file_id, content)


async def list_without_content(
    db: Executor, kinds: Sequence[str], after: tuple[int, str], until: int, limit: int
) -> list[StoredFile]:
    """Files with these endings or of a text type whose text is not known, made after one and until a time, in order."""
    rows = await db.fetch(
        f"SELECT {COLUMNS}, COALESCE(f.path, '') FROM fileinfo f"
        " WHERE COALESCE(f.content, '') = '' AND f.deleteat = 0 AND (f.createat, f.id) > ($2, $3) AND f.createat <= $4"
        " AND (lower(f.extension) = ANY($1::text[]) OR f.mimetype LIKE 'text/%')"
        " ORDER BY f.createat, f.id LIMIT $5",
        *(list(kinds), after[0], after[1], until, limit),
    )
    return [StoredFile(file_info_of(row), row[WIDTH]) for row in rows]


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


async def mark_deleted(db: Executor, ids: Sequence[str], post_id: str, now: int) -> None:
    """Marks files of a post as deleted."""
    await db.execute(
        "UPDATE fileinfo SET deleteat = $3 WHERE id = ANY($1::text[]) AND postid = $2 AND deleteat = 0",
        list(ids),
        post_id,
        now,
    )


async def unmark_deleted(db: Executor, ids: Sequence[str], post_id: str) -> list[str]:
    """Takes the mark from files that an older version of a post brings back. Gives the ids that the post has."""
    rows = await db.fetch(
        "UPDATE fileinfo SET deleteat = 0 WHERE id = ANY($1::text[]) AND postid = $2 RETURNING id", list(ids), post_id
    )
    return [row[0] for row in rows]


async def remove_of_posts(db: Executor, post_ids: Sequence[str]) -> list[str]:
    """Removes the rows of posts' files for good. Gives the names in the store of what belonged to them."""
    rows = await db.fetch(
        "DELETE FROM fileinfo WHERE postid = ANY($1::text[]) RETURNING path, thumbnailpath, previewpath", list(post_ids)
    )
    return [name for row in rows for name in row if name]
