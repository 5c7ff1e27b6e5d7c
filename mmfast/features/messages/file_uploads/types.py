"""What comes with an upload, and what is answered."""

from msgspec import Struct

from mmfast.features.messages.files.types import FileInfo


class UploadQuery(Struct):
    """Where a bare body goes, and what it is called."""

    channel_id: str = ""
    filename: str = ""
    client_id: str = ""


class Received(Struct):
    """A file that has arrived and lies in the store under a name for the time being."""

    id: str
    name: str
    size: int
    path: str


class Uploaded(Struct):
    """The files of an upload, and the ids by which the client knows them."""

    file_infos: list[FileInfo]
    client_ids: list[str] | None
