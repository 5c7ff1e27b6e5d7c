"""A search for files, and what it finds."""

from msgspec import Struct

from mmfast.features.messages.files.types import FileInfo


class FileSearch(Struct):
    """What a client asks for. How long a page is, is not the client's to say."""

    terms: str = ""
    is_or_search: bool = False
    time_zone_offset: int = 0
    include_deleted_channels: bool = False
    page: int = 0
    per_page: int = 60


class FilesFound(Struct):
    """The files by id, and their order."""

    order: list[str]
    file_infos: dict[str, FileInfo]
    next_file_info_id: str = ""
    prev_file_info_id: str = ""
    first_inaccessible_file_time: int = 0
