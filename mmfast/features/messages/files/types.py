"""What is known of a file."""

from typing import Any

from msgspec import UNSET, Struct, UnsetType

from mmfast.db.executor import Record


class FileInfo(Struct):
    """A row of FileInfo as clients see it; where it lies in the store is not shown."""

    id: str
    user_id: str
    post_id: str
    channel_id: str
    create_at: int
    update_at: int
    delete_at: int
    name: str
    extension: str
    size: int
    mime_type: str
    width: int | UnsetType
    height: int | UnsetType
    has_preview_image: bool | UnsetType
    mini_preview: Any
    remote_id: str | None
    archived: bool


def file_info_of(row: Record) -> FileInfo:
    """The file in a row selected by `store.COLUMNS`."""
    info = FileInfo(*row)
    info.width = info.width or UNSET
    info.height = info.height or UNSET
    info.has_preview_image = info.has_preview_image or UNSET
    return info
