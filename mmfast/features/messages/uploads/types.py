"""An upload in parts."""

from typing import Final

from msgspec import UNSET, Struct, UnsetType

from mmfast.db.executor import Record

ATTACHMENT: Final = "attachment"
IMPORT: Final = "import"


class UploadCreate(Struct):
    """What a client wants to upload."""

    channel_id: str = ""
    filename: str = ""
    file_size: int = 0
    type: str = ""


class UploadSession(Struct):
    """A row of UploadSessions as clients see it; an import belongs to no channel."""

    id: str
    type: str
    create_at: int
    user_id: str
    channel_id: str | UnsetType
    filename: str
    file_size: int
    file_offset: int
    remote_id: str
    req_file_id: str

    @property
    def left(self) -> int:
        """How many bytes are still to come."""
        return self.file_size - self.file_offset


def upload_of(row: Record) -> UploadSession:
    """The upload in a row selected by `store.COLUMNS`."""
    upload = UploadSession(*row)
    upload.channel_id = upload.channel_id or UNSET
    return upload
