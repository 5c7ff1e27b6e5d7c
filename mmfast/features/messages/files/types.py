"""What is known of a file."""

from msgspec import UNSET, Struct, UnsetType

from mmfast.db.executor import Record


class FileInfo(Struct):
    """A row of FileInfo as clients see it; where it lies in the store is not shown."""

    id: str
    user_id: str
    post_id: str | UnsetType
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
    mini_preview: bytes | None
    remote_id: str | None
    archived: bool

    @property
    def is_picture(self) -> bool:
        """Whether its name says so; what is in it may be anything."""
        return self.mime_type.startswith("image/")


class StoredFile(Struct):
    """A file with the names of its content and its small pictures in the store; "" for a picture that is not there."""

    info: FileInfo
    path: str
    thumbnail_path: str = ""
    preview_path: str = ""


WIDTH = 17
"""How many columns a FileInfo has."""


def file_info_of(row: Record) -> FileInfo:
    """The file in the first columns of a row selected by `store.COLUMNS`; what is empty is not shown."""
    info = FileInfo(*tuple(row)[:WIDTH])
    info.post_id = info.post_id or UNSET
    info.width = info.width or UNSET
    info.height = info.height or UNSET
    info.has_preview_image = info.has_preview_image or UNSET
    return info
