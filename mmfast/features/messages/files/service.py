"""Finds files, and those of many posts at once."""

import posixpath
import re
from datetime import UTC, datetime
from typing import Any

from mmfast.api.context import Context
from mmfast.features.messages.files import errors, store
from mmfast.features.messages.files.types import FileInfo, StoredFile
from mmfast.features.messages.posts.types import Post

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


async def find_file(ctx: Context, file_id: str) -> StoredFile | None:
    """The file, deleted or not."""
    return await store.find(ctx.db, file_id)


async def get_file(ctx: Context, file_id: str) -> StoredFile:
    """As `find_file`, or the error that there is none."""
    file = await find_file(ctx, file_id)
    if file is None:
        raise errors.FILE_NOT_FOUND()
    return file


async def list_infos_of_posts(ctx: Context, posts: list[Post]) -> dict[str, list[Any]]:
    """The files of each of the posts that has some: oldest first, but with a post's earlier versions newest first."""
    ids = {post.id: post.read_file_ids() for post in posts}
    of_versions = {post.id for post in posts if post.original_id}
    known = await store.list_by_ids(
        ctx.db, sorted({i for some in ids.values() for i in some}), deleted=bool(of_versions)
    )
    found: dict[str, list[Any]] = {}
    for post_id, some in ids.items():
        infos: list[FileInfo] = [f for f in known if f.id in some and (not f.delete_at or post_id in of_versions)]
        if infos:
            found[post_id] = infos[::-1] if post_id in of_versions else infos
    return found


def clean_name(name: str) -> str:
    """A file's name as it may be stored: no folders, nothing that is not shown."""
    last = _CONTROL.sub("", name).replace("\\", "/").rpartition("/")[2]
    return last if last.strip(". ") else "file"


def folder_of(file_id: str, channel_id: str, user_id: str, created_at: int) -> str:
    """Where the file and its pictures lie, as the reference lays them out."""
    day = datetime.fromtimestamp(created_at / 1000, UTC).strftime("%Y%m%d")
    return posixpath.join(day, "teams", "noteam", "channels", channel_id, "users", user_id, file_id)
