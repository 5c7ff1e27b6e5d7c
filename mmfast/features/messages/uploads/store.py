"""SQL of the table UploadSessions."""

from typing import Final

from msgspec import UNSET

from mmfast.db.executor import Executor
from mmfast.features.messages.uploads.types import UploadSession, upload_of

COLUMNS: Final = (
    "id, type::text, createat, userid, COALESCE(channelid, ''), filename, filesize, fileoffset,"
    " COALESCE(remoteid, ''), COALESCE(reqfileid, '')"
)


async def insert(db: Executor, upload: UploadSession, path: str) -> None:
    """Writes a new upload. `path` is where the finished file will lie."""
    await db.execute(
        "INSERT INTO uploadsessions (id, type, createat, userid, channelid, filename, path, filesize, fileoffset,"
        " remoteid, reqfileid) VALUES ($1, $2::text::upload_session_type, $3, $4, $5, $6, $7, $8, 0, '', '')",
        upload.id,
        upload.type,
        upload.create_at,
        upload.user_id,
        "" if upload.channel_id is UNSET else upload.channel_id,
        upload.filename,
        path,
        upload.file_size,
    )


async def find(db: Executor, upload_id: str, *, lock: bool = False) -> UploadSession | None:
    """The upload; locked until the end of the transaction if that is asked for."""
    row = await db.fetchrow(
        f"SELECT {COLUMNS} FROM uploadsessions WHERE id = $1{' FOR UPDATE' if lock else ''}", upload_id
    )
    return None if row is None else upload_of(row)


async def list_of_user(db: Executor, user_id: str) -> list[UploadSession]:
    """The user's uploads that are not finished, oldest first."""
    rows = await db.fetch(f"SELECT {COLUMNS} FROM uploadsessions WHERE userid = $1 ORDER BY createat, id", user_id)
    return [upload_of(row) for row in rows]


async def set_offset(db: Executor, upload_id: str, offset: int) -> None:
    """Notes how much has arrived."""
    await db.execute("UPDATE uploadsessions SET fileoffset = $2 WHERE id = $1", upload_id, offset)


async def delete(db: Executor, upload_id: str) -> None:
    """Removes an upload that is finished or given up."""
    await db.execute("DELETE FROM uploadsessions WHERE id = $1", upload_id)


async def delete_older(db: Executor, moment: int) -> list[str]:
    """Removes the uploads that were begun before a moment; gives their ids."""
    rows = await db.fetch("DELETE FROM uploadsessions WHERE createat < $1 RETURNING id", moment)
    return [row[0] for row in rows]
